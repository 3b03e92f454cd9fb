using System.Globalization;
using LineRec.Data;
using LineRec.Features;
using LineRec.Recipes;
using LineRec.Samples.Shop.Reporting;
using LineRec.Training;

namespace LineRec.Samples.Shop.Models;

/// <summary>
/// Trains a whole bundle. Rankers learn from the windows before the split, each seen through retrieval models that know only what is
/// before that window; then retrieval is trained on everything before the split and published with those rankers.
/// </summary>
internal sealed class FunnelTraining(
    ShopDataset dataset, Catalog catalog, ShopLog log, InteractionTable events, InteractionTable history, string bundles, int seed, ShopReport report, RunConsole console)
{
    private readonly RetrievalTraining _retrieval = new(dataset, catalog, console);
    private readonly TwoTowerOptions _towers = TowerRecipe.First(TowerRecipe.Defaults(seed), dataset, new ShopPlacements(dataset.Target, catalog).TargetWeights());
    private FittedFeatures? _features;
    private TwoTowerReport? _chosen;

    /// <summary>Trains and publishes.</summary>
    /// <returns>The bundle's version.</returns>
    public string Train(ShopQuality quality, CancellationToken cancellationToken)
    {
        report.RankerTraining = dataset.HasImpressions ? "clicks against impressions without click" : "next events against sampled candidates: this log has no impressions";
        var capture = new WindowCapture(dataset, catalog, log, history, quality, seed);
        var windows = new List<CapturedWindow>();
        for (int window = dataset.LearningWindows; window >= 1; window--)
        {
            var from = dataset.Split - (window * dataset.Window);
            string version = PublishRetrieval(from, [], cancellationToken);
            windows.Add(console.Step($"Capture features from {from:yyyy-MM-dd HH:mm}", progress => capture.Capture(Path.Combine(bundles, version), from, progress)));
        }

        var examples = new RankerExamples(windows);
        var rankers = examples.Rankers.ToDictionary(r => r, r => TrainRanker(r, examples.Take(r), cancellationToken));
        string published = PublishRetrieval(dataset.Split, rankers, cancellationToken);
        foreach (var ranker in rankers.Values) ranker.Dispose();
        _features?.Dispose();
        return published;
    }

    private string PublishRetrieval(DateTimeOffset asOf, Dictionary<string, RankerModel> rankers, CancellationToken cancellationToken)
    {
        string version = FreeVersion(asOf.UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture));
        using var bundle = BundleWriter.Create(bundles, version);
        var before = _features;
        var towers = _chosen is null ? _towers : TowerRecipe.Later(_towers, _chosen.BestEpoch, _chosen.PopularityExponent);
        var (features, tower) = _retrieval.Train(events, asOf, towers, bundle, before, cancellationToken);
        if (_chosen is null) console.Say($"  two-tower: {tower.Positives:N0} positives, best epoch {tower.BestEpoch} of {tower.Epochs.Count}, Recall@20 on its validation {tower.ValidationRecall:0.000}");
        _chosen ??= tower;
        foreach (var (name, model) in rankers) bundle.AddModel($"rankers/{name}", model.Export(bundle.Directory, $"rankers/{name}.onnx", before!.Fingerprint));
        bundle.WriteCampaigns(log.ReadCampaigns());
        bundle.Publish();
        before?.Dispose();
        _features = features;
        return version;
    }

    private RankerModel TrainRanker(string name, RankingExamples examples, CancellationToken cancellationToken)
    {
        var model = RankerRecipe.Train(name, examples, RankerRecipe.Suited(RankerRecipe.Defaults(seed), examples, dataset), console, run: null, checkpoints: null, cancellationToken);
        report.Rankers.Add(new RankerFigures(name, model.Report.HeldOut.Auc, model.Report.HeldOut.LogLoss, model.Report.HeldOut.Ece, examples.Count));
        return model;
    }

    /// <summary>A published version is never written again, so a second run into the same folder counts on.</summary>
    private string FreeVersion(string version)
    {
        for (int run = 1; ; run++)
        {
            string name = run == 1 ? version : $"{version}-{run}";
            if (!Directory.Exists(Path.Combine(bundles, name))) return name;
        }
    }
}
