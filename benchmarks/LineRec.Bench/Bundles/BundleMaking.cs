using System.Diagnostics;
using LineRec.Data;
using LineRec.Features;
using LineRec.Retrieval;
using LineRec.Simulation;
using LineRec.Training;
using Spectre.Console;

using TwoTowerOptions = LineRec.Training.TwoTowerOptions;

namespace LineRec.Bench.Bundles;

/// <summary>
/// Makes a large bundle: simulates a shop, trains retrieval on all but the last two days and the ranker on the lists shown in those, and publishes both.
/// </summary>
internal sealed class BundleMaking(MakeBundleOptions options)
{
    private const string Placement = "home";
    private const int Neighbours = 20;
    private const int RankerDays = 2;

    private readonly string _log = Path.Combine(options.Out, "log");
    private readonly string _bundles = Path.Combine(options.Out, "bundles");

    public int Run()
    {
        string retrievalOnly = Path.Combine(options.Out, "retrieval");
        foreach (string folder in (string[])[_log, _bundles, retrievalOnly])
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }

        var shop = new ShopSimulationOptions { Items = options.Items, Users = options.Users, Days = options.Days, EventTarget = options.Events };
        var end = Step($"Simulate {options.Items:N0} items, {options.Users:N0} users, {options.Days} days", () => ShopSimulator.Run(_log, shop).EndsAt);
        var log = ShopLog.Open(_log);
        var catalog = log.ReadCatalog();
        var asOf = end.AddDays(-RankerDays);
        using (var bundle = BundleWriter.Create(retrievalOnly, "1"))
        {
            TrainRetrieval(log, catalog, asOf, bundle);
            bundle.Publish();
        }

        using (var snapshot = BundleReader.Open(retrievalOnly))
        using (var bundle = BundleWriter.Create(_bundles, "1"))
        {
            using var model = TrainRanker(log, catalog, snapshot, asOf, end);
            CopyFiles(snapshot, bundle);
            bundle.AddModel($"rankers/{Placement}", model.Export(bundle.Directory, $"rankers/{Placement}.onnx", snapshot.Models["user_tower"].Fingerprint));
            bundle.Lineage["made_by"] = $"make-bundle --items {options.Items} --users {options.Users} --days {options.Days} --events {options.Events} --dimension {options.Dimension} --epochs {options.Epochs}";
            Step("Publish", () => bundle.Publish());
        }

        Directory.Delete(retrievalOnly, recursive: true);
        AnsiConsole.WriteLine($"Set LINEREC_BENCH_BUNDLE={options.Out}");
        return 0;
    }

    private void TrainRetrieval(ShopLog log, Catalog catalog, DateTimeOffset asOf, BundleWriter bundle)
    {
        var known = Step("Read the log", () => log.ReadInteractions(catalog, [EventType.Impression, EventType.Click, EventType.Cart, EventType.Purchase, EventType.Favourite], to: asOf));
        AnsiConsole.WriteLine($"  {known.Count:N0} events of {known.UserCount:N0} users");
        var towers = new TwoTowerOptions
        {
            Dimension = options.Dimension, Epochs = options.Epochs, UniformNegatives = 1024, ValidationShare = 0, CategoryDimension = 8, PopularityExponents = [0.05],
            PositiveWeights = [0f, 0.3f, 0.5f, 1f, 0.5f, 0f], Seed = options.Seed,
        };
        var fitter = new FeatureFitter(BenchFeatures.Declare(towers.HistoryPooling), catalog, asOf);
        fitter.Add(known);
        using var features = Step("Fit features", () => fitter.Fit());
        features.Save(bundle.Directory);
        var events = known.Without(EventType.Impression);
        using (var model = Step("Train the two-tower", () => new TwoTowerTrainer(towers).Train(events, catalog, features.Items)))
        {
            AnsiConsole.WriteLine($"  {model.Report.Positives:N0} positives, {model.Report.Epochs.Count} epochs");
            var export = Step("Embed all items", () => model.Export(bundle.Directory, features.Fingerprint));
            bundle.AddModel("user_tower", export.UserTower);
            bundle.AddModel("item_tower", export.ItemTower);
        }

        using (var neighbours = Step("Count item-to-item", () => new ItemToItemBuilder(events, catalog.Count).Build(Neighbours))) neighbours.Save(bundle.Directory);
        bundle.WriteCatalog(catalog);
        bundle.WriteCharts(new Dictionary<string, Chart> { [Chart.Trending] = new TrendingBuilder(catalog.Count, new() { AsOf = asOf }).Add(known).Build() });
        bundle.WriteCampaigns(log.ReadCampaigns());
    }

    private RankerModel TrainRanker(ShopLog log, Catalog catalog, ModelSnapshot snapshot, DateTimeOffset from, DateTimeOffset to)
    {
        var histories = new InMemoryUserHistoryStore();
        histories.Load(log.ReadInteractions(catalog), catalog);
        var examples = Step("Capture features of the lists shown", () => new ListCapture(snapshot, histories, Placement).Capture(log.ReadImpressions(catalog, from, to, [Placement]).Take(options.Lists)));
        var model = Step($"Train the ranker on {examples.Count:N0} impressions", () => new RankerTrainer(new RankerOptions { Seed = options.Seed }).Train(examples));
        AnsiConsole.WriteLine($"  held-out AUC {model.Report.HeldOut.Auc:0.000}");
        return model;
    }

    private static void CopyFiles(ModelSnapshot from, BundleWriter to)
    {
        foreach (string file in Directory.EnumerateFiles(from.Directory!, "*", SearchOption.AllDirectories))
        {
            string name = Path.GetRelativePath(from.Directory!, file).Replace('\\', '/');
            if (name != "manifest.json") File.Copy(file, to.PathOf(name));
        }

        foreach (var (name, model) in from.Models) to.AddModel(name, model);
    }

    private static T Step<T>(string name, Func<T> action)
    {
        var watch = Stopwatch.StartNew();
        T result = action();
        AnsiConsole.WriteLine($"{name}: {watch.Elapsed.TotalSeconds:0.0} s, {Process.GetCurrentProcess().WorkingSet64 / 1e9:0.0} GB resident");
        return result;
    }
}
