using LineRec.Data;
using LineRec.Features;
using LineRec.Recipes;
using LineRec.Samples.Shop.Lists;
using LineRec.Samples.Shop.Models;
using LineRec.Samples.Shop.Reporting;
using LineRec.Samples.Shop.Serving;
using LineRec.Training;
using Spectre.Console;

namespace LineRec.Samples.Shop;

/// <summary>The whole system on one log: train, publish, serve, judge, print.</summary>
internal sealed class ShopRun(ShopOptions options)
{
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var folder = new WorkFolder(options.Out);
        var report = new ShopReport { Dataset = ShopLogSource.NameOf(options) };
        var console = new RunConsole(AnsiConsole.Console, report.Seconds);
        console.Title($"LineRec on {report.Dataset}");
        var dataset = ShopLogSource.Prepare(options, folder.Log, console);
        var log = ShopLog.Open(dataset.Directory);
        var catalog = log.ReadCatalog();
        if (dataset.Tasks.Contains(ListRun.Task))
        {
            await new ListRun(dataset, log, catalog, folder.Bundles, options, report, console).RunAsync(cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await RunFunnelAsync(dataset, log, catalog, folder.Bundles, report, console, cancellationToken).ConfigureAwait(false);
        }

        if (options.Json is { } json) report.Save(json);
        if (options.Out is not null) console.Say($"The bundle is kept in {folder.Bundles}");
        return 0;
    }

    private async Task RunFunnelAsync(ShopDataset dataset, ShopLog log, Catalog catalog, string bundles, ShopReport report, RunConsole console, CancellationToken cancellationToken)
    {
        var events = console.Step("Read the log", _ => log.ReadInteractions(catalog, dataset.HasImpressions ? Enum.GetValues<EventType>().Except([EventType.Search]).ToArray() : null));
        var history = dataset.HasImpressions ? events.Without(EventType.Impression) : events;
        console.Say($"{history.UserCount:N0} users, {catalog.Count:N0} items, {events.Count:N0} events; test: {dataset.Window.TotalDays:0.#} days from {dataset.Split:u}");
        var quality = new ShopQuality(dataset, catalog, history);
        var baselines = dataset.Tasks.ToDictionary(t => t, t => console.Step($"Tune the baselines of '{t}'", _ => quality.TuneBaselines(t)));
        foreach (var (task, tuned) in baselines)
        {
            foreach (var baseline in tuned) report.Tuned[$"{task}/{baseline.System.Name}"] = baseline.Parameters;
        }

        var funnel = new FunnelTraining(dataset, catalog, log, events, history, bundles, options.Seed, report, console);
        string version = funnel.Train(quality, cancellationToken);
        console.Say($"Published bundle {version}");

        using var serving = await ShopServing.StartAsync(dataset, catalog, bundles, history, options, cancellationToken).ConfigureAwait(false);
        foreach (string task in dataset.Tasks)
        {
            int cases = quality.TestCases(task).Count;
            var evaluation = console.Step($"Judge task '{task}'", progress => quality.Evaluate(task, serving.Recommender, baselines[task], done => progress.Report((double)done / cases)));
            report.Add(evaluation);
            ShopTables.Quality(console, evaluation);
        }

        ShopTables.Rankers(console, report);
        await serving.MeasureAsync(dataset, catalog, history, options, report, console, cancellationToken).ConfigureAwait(false);
        if (options.Serve) await serving.RunHttpAsync(options.Url, console, cancellationToken).ConfigureAwait(false);
    }
}
