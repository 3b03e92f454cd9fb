using System.CommandLine;

namespace LineRec.Bench.TwoTower;

/// <summary>The verb ablation.</summary>
internal static class AblationCommand
{
    public static Command Create()
    {
        var defaults = new AblationOptions();
        var data = new Option<DirectoryInfo?>("--data") { Description = "A folder with a real log, as the shop sample reads it. Default: a simulated shop." };
        var split = new Option<DateTimeOffset?>("--split") { Description = "Splits a real log here, such as 2011-06-01Z, instead of where the shop sample does." };
        var until = new Option<DateTimeOffset?>("--until") { Description = "Ends a real log's test window here, instead of at its end." };
        var textModel = new Option<DirectoryInfo?>("--text-model") { Description = "A folder with a BERT-type model.onnx and its vocab.txt. Without it, variants that read titles by it are left out." };
        var textCache = new Option<FileInfo?>("--text-cache") { Description = "Keeps titles' vectors here from run to run." };
        var users = new Option<int>("--users") { Description = "Users of the simulated shop.", DefaultValueFactory = _ => defaults.Users };
        var items = new Option<int>("--items") { Description = "Items of the simulated shop.", DefaultValueFactory = _ => defaults.Items };
        var days = new Option<int>("--days") { Description = "Days that the simulated shop is open.", DefaultValueFactory = _ => defaults.Days };
        var events = new Option<long>("--events") { Description = "Events of the simulated shop, about, impressions included.", DefaultValueFactory = _ => defaults.Events };
        var testDays = new Option<int>("--test-days") { Description = "The last days of the simulated shop, which test.", DefaultValueFactory = _ => defaults.TestDays };
        var seeds = new Option<int>("--seeds") { Description = "How often each variant is trained.", DefaultValueFactory = _ => defaults.Seeds };
        var epochs = new Option<int>("--epochs") { Description = "Epochs at the most; validation ends a training earlier.", DefaultValueFactory = _ => defaults.Epochs };
        var variants = new Option<string[]>("--variants") { Description = $"Only these: {string.Join(", ", AblationVariants.All.Select(v => v.Name))}.", AllowMultipleArgumentsPerToken = true };
        var json = new Option<FileInfo?>("--json") { Description = "Writes the report here." };
        var command = new Command("ablation", "Trains variants of the two-tower on a shop's log before its test window, with several seeds, and prints what each alone retrieves of the window.")
        {
            data, split, until, textModel, textCache, users, items, days, events, testDays, seeds, epochs, variants, json,
        };
        command.SetAction(parsed => Verb.Run(() => new AblationRun(new AblationOptions
        {
            Data = parsed.GetValue(data)?.FullName,
            Split = parsed.GetValue(split),
            Until = parsed.GetValue(until),
            TextModel = parsed.GetValue(textModel)?.FullName,
            TextCache = parsed.GetValue(textCache)?.FullName,
            Users = parsed.GetValue(users),
            Items = parsed.GetValue(items),
            Days = parsed.GetValue(days),
            Events = parsed.GetValue(events),
            TestDays = parsed.GetValue(testDays),
            Seeds = parsed.GetValue(seeds),
            Epochs = parsed.GetValue(epochs),
            Variants = parsed.GetValue(variants) ?? [],
            Json = parsed.GetValue(json)?.FullName,
        }).Run()));
        return command;
    }
}
