using LineRec.Data;
using LineRec.Features;
using LineRec.Recipes;
using LineRec.Simulation;
using LineRec.Training;

namespace LineRec.Cli.Tests;

/// <summary>Four days are trained on and published, the fifth is served with its exposures logged; users choose from what was served; the next ranker learns from that log.</summary>
[Collection(nameof(SmallShop))]
public sealed class ExposureLoopTests(SmallShop shop)
{
    private static readonly string[] Placements = [ShopPlacements.Home, ShopPlacements.Charts];

    [Fact]
    public async Task A_served_day_is_reported_and_learnt_from()
    {
        string log = shop.NewFolder(), output = shop.NewFolder(), segments = shop.NewFolder(), compacted = shop.NewFolder();
        var options = new ShopSimulationOptions { Users = 300, Items = 250, Days = 5, EventTarget = 15_000, PartitionByDate = true };
        using var simulated = new ShopRun(log, options);
        for (int day = 0; day < 4; day++) simulated.Simulate();
        await Cli.JsonAsync("pipeline", "run", "--data", log, "--out", output, "--config", shop.Config);

        using var snapshot = BundleReader.Open(Path.Combine(output, "bundles"));
        Serve(simulated, log, snapshot, segments);

        var compaction = await Cli.JsonAsync("exposures", "compact", "--in", segments, "--out", compacted);
        Assert.True(compaction.GetProperty("requests").GetInt64() > 50);
        Assert.Equal(0, compaction.GetProperty("already_there").GetInt64());

        var report = await Cli.JsonAsync("report", "--exposures", compacted, "--data", log, "--from", "2026-01-05");
        var lists = ShopLog.Open(log).ReadImpressions(snapshot.Catalog, from: options.StartsAt.AddDays(4)).Where(l => Placements.Contains(l.Placement)).ToLookup(l => l.Placement!);
        foreach (var figures in report.GetProperty("placements").EnumerateArray())
        {
            var shown = lists[figures.GetProperty("placement").GetString()!].ToList();
            Assert.Equal(
                (shown.Count, shown.Sum(l => l.Count), shown.Sum(l => l.Clicked.Count(c => c))),
                (figures.GetProperty("requests").GetInt32(), figures.GetProperty("impressions").GetInt32(), figures.GetProperty("clicks").GetInt32()));
        }

        Assert.Equal(Placements.Order(StringComparer.Ordinal), report.GetProperty("placements").EnumerateArray().Select(f => f.GetProperty("placement").GetString()));
        Assert.All(report.GetProperty("bundles").EnumerateArray(), f => Assert.Equal(snapshot.Version, f.GetProperty("bundle_version").GetString()));
        Assert.Contains(report.GetProperty("placements").EnumerateArray(), f => f.GetProperty("orders").GetInt32() > 0 && f.GetProperty("gmv").GetDouble() > 0);

        var logged = LoggedExamples.Read(new ExposureReader(compacted).Read(placement: ShopPlacements.Home), RequestOutcomes.Read(ShopLog.Open(log).Events), SnapshotFeatures.EncoderFor(snapshot), snapshot.Catalog);
        Assert.Equal(0, logged.OtherFeatureState + logged.WithoutFeatures);
        Assert.True(logged.Examples.Labels.Sum() > 20);
        using var ranker = new RankerTrainer(RankerRecipe.Defaults(1) with { Epochs = 2, Ensemble = 1 }).Train(logged.Examples);
        string folder = shop.NewFolder();
        Directory.CreateDirectory(folder);
        ranker.Export(folder, "rankers/home.onnx", SnapshotFeatures.FittedFor(snapshot).Fingerprint);
        Assert.True(File.Exists(Path.Combine(folder, "rankers", "home.onnx")));
    }

    [Fact]
    public async Task A_report_for_people_is_a_table()
    {
        string log = shop.NewFolder(), exposures = shop.NewFolder();
        Directory.CreateDirectory(exposures);
        await Cli.JsonAsync("simulate", "--out", log, "--days", "1", "--users", "100", "--items", "100");
        var (code, output, _) = await Cli.RunAsync("report", "--exposures", exposures, "--data", log);
        Assert.Equal(0, code);
        string[] lines = output.ReplaceLineEndings("\n").Split('\n');
        Assert.StartsWith("placement  bundle  requests  impressions  clicks  ctr  95 % interval  orders  gmv", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("not among these exposures: ", lines[1], StringComparison.Ordinal);
    }

    private static void Serve(ShopRun simulated, string log, ModelSnapshot snapshot, string segments)
    {
        var histories = new InMemoryUserHistoryStore();
        histories.Load(ShopLog.Open(log).ReadInteractions(snapshot.Catalog), snapshot.Catalog);
        var builder = new RecommenderBuilder(new CaptureServices()).UseHistories(histories);
        new ShopPlacements(EventType.Purchase, snapshot.Catalog).AddOffline(builder, [ShopPlacements.Of(EvaluationTask.Discovery)], ShopPlacements.RankersOf(snapshot), rules: true);
        using (var exposures = new ExposureLog(new ExposureLogOptions { Folder = segments }))
        {
            // Not disposed of: the snapshot is the caller's.
            var recommender = builder.UseExposureLog(exposures).Build(snapshot);
            simulated.Simulate(new ShopServing(recommender, histories, Placements.ToHashSet()));
        }

        simulated.Complete();
    }
}
