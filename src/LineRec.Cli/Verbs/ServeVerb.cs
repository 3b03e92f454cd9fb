using System.CommandLine;
using LineRec.Recipes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace LineRec.Cli.Verbs;

/// <summary><c>linerec serve</c>: a small HTTP host over a bundle, for trying out.</summary>
internal static class ServeVerb
{
    public static Command Create(Terminal terminal)
    {
        var bundle = CommonOptions.Bundle();
        var data = new Option<string?>("--data") { Description = "The log that users' histories are read from. Default: nobody has one until events are posted." };
        var url = new Option<string>("--url") { Description = "Where to listen; port 0 takes any free one.", DefaultValueFactory = _ => "http://127.0.0.1:5080" };
        var config = CommonOptions.Config();
        var json = CommonOptions.Json();
        var command = new Command("serve", """
            Serves a bundle over HTTP, for trying out: GET /recommend/{placement}?user=...&take=..., GET /explain/{placement}?user=..., POST /event, GET /health. A folder of published bundles is
            followed: a newer one is swapped in. Histories live in memory. Ends with Ctrl+C or SIGTERM. Hosts of your own call AddLineRec instead: this one has no authentication.

            Examples:
              linerec serve --bundle shop/bundles --data log
              linerec serve --bundle shop/bundles --url http://127.0.0.1:8080
            """) { bundle, data, url, config, json };
        terminal.SetAction(command, (parsed, cancellationToken) =>
        {
            var target = Enum.Parse<EventType>(SettingsFile.Read(parsed.GetValue(config)).Target, ignoreCase: true);
            var histories = ServedLog.Histories(parsed.GetValue(data));
            ServeAsync(parsed.GetValue(bundle)!, target, histories, parsed.GetValue(url)!, listening => terminal.Write(
                parsed.GetValue(json), new { Url = listening, Placements = ShopPlacements.All }, $"Serving on {listening}: {ShopEndpoints.Shown}. Ctrl+C ends."), cancellationToken).GetAwaiter().GetResult();
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task ServeAsync(string bundle, EventType target, IUserHistoryStore histories, string url, Action<string> started, CancellationToken cancellationToken)
    {
        var app = ShopHost.Create(bundle, target, histories, url);
        await using (app.ConfigureAwait(false))
        {
            await app.StartAsync(cancellationToken).ConfigureAwait(false);
            started(app.Urls.First());
            await app.WaitForShutdownAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
