using LineRec.Data;
using LineRec.Recipes;
using LineRec.Samples.Shop.Reporting;
using LineRec.Samples.Shop.Serving;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LineRec.Samples.Shop.Lists;

/// <summary>The task "lists": a log of results pages, whose rankers order anew what was shown. Train, publish, serve, judge, print.</summary>
internal sealed class ListRun(ShopDataset dataset, ShopLog log, Catalog catalog, string bundles, ShopOptions options, ShopReport report, RunConsole console)
{
    /// <summary>The task's name.</summary>
    public const string Task = "lists";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var events = console.Step("Read the log", _ => log.ReadInteractions(catalog, [EventType.Impression, EventType.Click, EventType.Cart, EventType.Purchase, EventType.Favourite]));
        var history = events.Without(EventType.Impression);
        var (training, test) = console.Step("Read the lists", _ => ListCases.Read(log, catalog, dataset.Split));
        console.Say($"{training.Count:N0} lists train, {test.Count:N0} lists test, of sessions that begin from {dataset.Split:u}");

        report.RankerTraining = "the click of a list against the rest of it";
        var histories = new InMemoryUserHistoryStore();
        histories.Load(history, catalog);
        var sources = new ListSources(new ShownPages([.. training, .. test]), new VisitorTouches(history, log.ReadUsers()));
        string version = new ListTraining(dataset, catalog, events, histories, sources, bundles, options.Seed, report, console).Train(training, cancellationToken);
        console.Say($"Published bundle {version}");

        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton<IUserHistoryStore>(histories);
        ListPlacements.AddAll(builder.Services.AddLineRec(o => o.Bundle = bundles).UseOnnx(), sources);
        using var host = builder.Build();
        await host.StartAsync(cancellationToken).ConfigureAwait(false);
        var recommender = host.Services.GetRequiredService<Recommender>();
        var live = host.Services.GetRequiredService<ILiveItems>();
        Judge(recommender, live, training, test, history);
        ShopTables.Rankers(console, report);
        await ExplainAsync(recommender, live, test, cancellationToken).ConfigureAwait(false);
        await host.StopAsync(cancellationToken).ConfigureAwait(false);
    }

    private void Judge(Recommender recommender, ILiveItems live, IReadOnlyList<ListCase> training, IReadOnlyList<ListCase> test, InteractionTable history)
    {
        var baselines = new ListBaselines(history, ListBaselines.CountClicks(training, catalog.Count));
        var quality = new ListQuality(test);
        var meter = new LatencyMeter();
        var systems = new (string Name, Func<ListCase, IReadOnlyList<int>> Order)[]
        {
            ("ranker", list => Ask(ListPlacements.Blind, list)),
            ("ranker_with_position", list => Ask(ListPlacements.WithPosition, list)),
            ("display_order", ListBaselines.DisplayOrder),
            ("popularity", baselines.Popularity),
            ("touched_before", baselines.TouchedBefore),
            ("touched_then_display", baselines.TouchedThenDisplay),
        };
        foreach (var (name, order) in systems)
        {
            var mrr = console.Step($"Judge '{name}'", progress => quality.Judge(name, order, progress));
            report.Lists.Add(new ListFigures(name, mrr.Value, mrr.Low, mrr.High));
        }

        (string System, string Versus)[] pairs = [("ranker", "touched_before"), ("ranker_with_position", "touched_then_display")];
        report.Paired.AddRange(pairs.Select(p => (p.Versus, Difference: quality.Compare(p.System, p.Versus))).Select(p => new PairedFigures(Task, p.Versus, "mrr", p.Difference.Value, p.Difference.Low, p.Difference.High)));
        report.Latency.AddRange(meter.Rows());
        (report.Placements, report.Requests, report.EmptySlates, report.DegradedSlates) = (ListPlacements.All.Count, meter.Requests, meter.EmptySlates, meter.DegradedSlates);
        ListTables.Quality(console, report, test.Count, quality.Sessions);
        ShopTables.Latency(console, report.Latency, report.Requests, report.Placements);
        console.Say($"{meter.EmptySlates} empty slates, {meter.DegradedSlates} with something missing");

        int[] Ask(string placement, ListCase list)
        {
            ListPlacements.FeedPrices(live, list, catalog);
            var answer = recommender.RecommendAsync(ListPlacements.Request(placement, list, catalog));
            var slate = answer.IsCompletedSuccessfully ? answer.Result : answer.AsTask().GetAwaiter().GetResult();
            meter.Add(slate);
            return [.. slate.Items.Select(i => catalog.TryGetRow(i.ItemId, out int row) ? row : -1)];
        }
    }

    private async Task ExplainAsync(Recommender recommender, ILiveItems live, IReadOnlyList<ListCase> test, CancellationToken cancellationToken)
    {
        var list = test.MaxBy(l => l.Rows.Length)!;
        ListPlacements.FeedPrices(live, list, catalog);
        var explanation = await recommender.ExplainAsync(ListPlacements.Request(ListPlacements.WithPosition, list, catalog), cancellationToken).ConfigureAwait(false);
        ListTables.Explanation(console, explanation, catalog.IdOf(list.ClickedRow));
    }
}
