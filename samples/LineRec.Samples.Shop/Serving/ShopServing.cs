using System.Diagnostics;
using LineRec.Recipes;
using LineRec.Samples.Shop.Reporting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LineRec.Samples.Shop.Serving;

/// <summary>A host that serves the published bundle on all placements.</summary>
internal sealed class ShopServing : IDisposable
{
    private readonly WebApplication _app;

    private ShopServing(WebApplication app) => _app = app;

    public Recommender Recommender => _app.Services.GetRequiredService<Recommender>();

    public static async Task<ShopServing> StartAsync(ShopDataset dataset, Catalog catalog, string bundles, InteractionTable history, ShopOptions options, CancellationToken cancellationToken)
    {
        var store = new InMemoryUserHistoryStore();
        store.Load(history, catalog);
        var app = ShopHost.Create(bundles, dataset.Target, store, options.Serve ? options.Url : "http://127.0.0.1:0");
        await app.StartAsync(cancellationToken).ConfigureAwait(false);
        return new ShopServing(app);
    }

    /// <summary>Serves requests of real users on all placements and notes how long they took, an explained slate, and the memory in use.</summary>
    public async Task MeasureAsync(ShopDataset dataset, Catalog catalog, InteractionTable history, ShopOptions options, ShopReport report, RunConsole console, CancellationToken cancellationToken)
    {
        var users = Enumerable.Range(0, history.UserCount).Where(u => history.Offsets[u + 1] > history.Offsets[u]).ToArray();
        var random = new Random(options.Seed);
        var meter = new LatencyMeter();
        var recommender = Recommender;
        for (int warmUp = 0; warmUp < 3 * ShopPlacements.All.Count; warmUp++) await recommender.RecommendAsync(Request(warmUp), cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < options.Requests; i++) meter.Add(await recommender.RecommendAsync(Request(i), cancellationToken).ConfigureAwait(false));

        report.Latency.AddRange(meter.Rows());
        (report.Placements, report.Requests, report.EmptySlates, report.DegradedSlates) = (ShopPlacements.All.Count, meter.Requests, meter.EmptySlates, meter.DegradedSlates);
        ShopTables.Latency(console, report.Latency, report.Requests, report.Placements);
        console.Say($"{meter.EmptySlates} empty slates, {meter.DegradedSlates} with something missing");

        ShopTables.Explanation(console, await recommender.ExplainAsync(Request(0), cancellationToken).ConfigureAwait(false), catalog);
        report.MemoryMegabytes["managed_heap"] = Math.Round(GC.GetTotalMemory(forceFullCollection: true) / 1e6, 1);
        report.MemoryMegabytes["resident"] = Math.Round(Process.GetCurrentProcess().WorkingSet64 / 1e6, 1);
        console.Say($"Memory: {report.MemoryMegabytes["managed_heap"]:0} MB managed, {report.MemoryMegabytes["resident"]:0} MB resident with the trainer's native library; all {report.Placements} placements share one index and one set of tables");

        RecommendationRequest Request(int i)
        {
            int user = users[random.Next(users.Length)];
            int last = history.Rows[history.Offsets[user + 1] - 1];
            string placement = ShopPlacements.All[i % ShopPlacements.All.Count];
            return new() { Placement = placement, UserId = history.UserIds[user], Time = dataset.Split, AnchorItemIds = placement is ShopPlacements.ItemPage ? [catalog.IdOf(last)] : [] };
        }
    }

    public async Task RunHttpAsync(string url, RunConsole console, CancellationToken cancellationToken)
    {
        console.Say($"Serving on {url}: {ShopEndpoints.Shown}. Ctrl+C ends.");
        await _app.WaitForShutdownAsync(cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => ((IDisposable)_app).Dispose();
}
