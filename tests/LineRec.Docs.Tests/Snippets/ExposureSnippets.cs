using LineRec.Data;
using LineRec.Features;
using LineRec.Simulation;
using LineRec.TinyShop;
using LineRec.Training;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LineRec.Docs.Tests.Snippets;

/// <summary>What docs/exposure-log.md shows: answers are logged, compacted, reported and learnt from.</summary>
[Collection(nameof(ShopFolder))]
public class ExposureSnippets
{
    private const int Requests = 200;

    [Fact]
    public async Task A_host_logs_what_it_answers()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddLineRec(o => o.Bundle = "bundles/shop").AddPlacement("home", p => p.Retrieve(r => r.Trending(50)));

        #region exposure-log-host
        builder.Services.AddLineRecExposureLog(o =>
        {
            o.Folder = "segments";              // made where it isn't there; several hosts may share one
            o.Share = 1;                        // of all requests, by a hash of their ids
        });
        #endregion

        using var host = builder.Build();
        await host.StartAsync();
        await host.Services.GetRequiredService<Recommender>().RecommendAsync(new() { Placement = "home", UserId = "user-01" });
        await host.StopAsync();
        Assert.Single(ExposureSegments.In("segments"));
        Directory.Delete("segments", recursive: true);
    }

    [Fact]
    public void The_next_ranker_learns_from_the_log()
    {
        Serve();

        #region exposure-log-train
        ExposureCompaction.Run("exposure-segments", "exposures");               // or: linerec exposures compact

        using var bundle = BundleReader.Open("bundles/shop");                   // the bundle that answered
        var logged = LoggedExamples.Read(
            new ExposureReader("exposures").Read(placement: "home"),
            RequestOutcomes.Read(new EventReader("clicks.parquet")),            // events that carry the slates' ids as request_id
            SnapshotFeatures.EncoderFor(bundle), bundle.Catalog);

        using var ranker = new RankerTrainer(new RankerOptions { Seed = 1 }).Train(logged.Examples);
        #endregion

        Assert.Equal(Requests, logged.Examples.GroupCount);
        Assert.True(ranker.Report.HeldOut.Auc > 0.5, $"AUC {ranker.Report.HeldOut.Auc}");

        #region exposure-log-report
        var report = ExposureReport.Create(new ExposureReader("exposures").Read(features: false), RequestOutcomes.Read(new EventReader("clicks.parquet")));
        foreach (var home in report.Placements)
            Console.WriteLine($"{home.Placement}: {home.Impressions} shown, CTR {home.Ctr:p1} ({home.CtrLow:p1} to {home.CtrHigh:p1}), {home.Orders} orders, {home.Gmv:0.00}");
        #endregion

        Assert.Equal((Requests, true), (report.Placements.Single().Requests, report.Placements.Single().Clicks > 0));
    }

    [Fact]
    public void A_simulated_day_is_served()
    {
        using var folder = new TemporaryShop();
        string log = folder.Path;
        using var recommender = new RecommenderBuilder().AddPlacement("home", p => p.Retrieve(r => r.Use("first", 10, (_, candidates, _) =>
        {
            for (int row = 0; row < 10; row++) candidates.Add(row, 1f);
            return default;
        }))).Build(new ModelSnapshot(folder.Catalog));
        var histories = new InMemoryUserHistoryStore();

        #region simulation-serving
        using var shop = new ShopRun(log, new ShopSimulationOptions { Seed = 7, Users = 200, Items = 500, Days = 2, PartitionByDate = true });
        shop.Simulate();                                                         // a day with the shop's own lists
        shop.Simulate(new ShopServing(recommender, histories, new HashSet<string> { "home" })); // the next day's home is answered by a recommender
        var truth = shop.Complete();
        #endregion

        Assert.Equal(200, truth.UserCount);
        Assert.Contains(ShopLog.Open(log).ReadEvents(EventColumns.RequestId).SelectMany(b => b.RequestIds!), id => Guid.TryParse(id, out _));
    }

    /// <summary>Answers from the bundle; users click every fourth item.</summary>
    private static void Serve()
    {
        using var log = new ExposureLog(new ExposureLogOptions { Folder = "exposure-segments" });
        using var recommender = new RecommenderBuilder().UseExposureLog(log).AddPlacement("home", p => p.Retrieve(r => r.Trending(60)).Rank(r => r.Onnx("home"))).Build(BundleReader.Open("bundles/shop"));
        using var events = new EventWriter("clicks.parquet", EventColumns.RequestId | EventColumns.Price);
        for (int i = 0; i < Requests; i++)
        {
            var pending = recommender.RecommendAsync(new() { Placement = "home", UserId = $"user-{i % 40:00}", Time = TinyCatalog.Now.AddMinutes(i), Seed = (ulong)i, Take = 10 });
            foreach (var item in pending.Result.Items)
            {
                int row = int.Parse(item.ItemId[5..], System.Globalization.CultureInfo.InvariantCulture);
                if ((row + i) % 4 != 0) continue;
                events.Write(new EventRow($"user-{i % 40:00}", item.ItemId, EventType.Click, TinyCatalog.Now.AddMinutes(i + 1).ToUnixTimeMilliseconds()) { RequestId = pending.Result.AttributionId.ToString() });
            }
        }

        events.Complete();
    }

    /// <summary>A folder for a log, and the items that the simulation will have.</summary>
    private sealed class TemporaryShop : IDisposable
    {
        public TemporaryShop()
        {
            ShopSimulator.Run(Path, new ShopSimulationOptions { Seed = 7, Users = 200, Items = 500, Days = 2 });
            Catalog = ShopLog.Open(Path).ReadCatalog();
        }

        public string Path { get; } = Directory.CreateTempSubdirectory("linerec-docs-log-").FullName;

        public Catalog Catalog { get; }

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
