using System.CommandLine;
using LineRec.Samples.Shop;
using LineRec.Samples.Shop.Logs;

var data = new Option<DirectoryInfo?>("--data") { Description = $"A folder with a real log. Default: a simulated shop. Known are:{string.Concat(LogConverters.All.Select(c => $"\n{c.Dataset}: {c.Layout}"))}" };
var json = new Option<FileInfo?>("--json") { Description = "Write every figure that is printed to this file." };
var output = new Option<DirectoryInfo?>("--out") { Description = "Keep the log and the bundles in this folder." };
var serve = new Option<bool>("--serve") { Description = "Serve HTTP afterwards: /recommend/{placement}, /explain/{placement}, /event, /health." };
var url = new Option<string>("--url") { Description = "Where --serve listens.", DefaultValueFactory = _ => new ShopOptions().Url };
var users = new Option<int?>("--users") { Description = "Users of the simulated shop." };
var items = new Option<int?>("--items") { Description = "Items of the simulated shop." };
var days = new Option<int?>("--days") { Description = "Days that the simulated shop is open." };
var requests = new Option<int>("--requests") { Description = "Requests served for the latency table.", DefaultValueFactory = _ => new ShopOptions().Requests };
var seed = new Option<int>("--seed") { Description = "The seed of everything that is random.", DefaultValueFactory = _ => new ShopOptions().Seed };

var root = new RootCommand("Runs a whole recommender on a shop's log: train, publish a bundle, serve slates, print quality and latency.") { data, json, output, serve, url, users, items, days, requests, seed };
root.SetAction(async (parsed, cancellationToken) =>
{
    var options = new ShopOptions
    {
        Data = parsed.GetValue(data)?.FullName,
        Json = parsed.GetValue(json)?.FullName,
        Out = parsed.GetValue(output)?.FullName,
        Serve = parsed.GetValue(serve),
        Url = parsed.GetValue(url)!,
        Users = parsed.GetValue(users),
        Items = parsed.GetValue(items),
        Days = parsed.GetValue(days),
        Requests = parsed.GetValue(requests),
        Seed = parsed.GetValue(seed),
    };
    return await new ShopRun(options).RunAsync(cancellationToken).ConfigureAwait(false);
});
return await root.Parse(args).InvokeAsync().ConfigureAwait(false);
