using System.Globalization;
using LineRec.Data;
using LineRec.Features;
using LineRec.Retrieval;
using LineRec.Samples.Shop.Quality;
using LineRec.Samples.Shop.Reporting;
using LineRec.Samples.Shop.Serving;
using LineRec.Training;
using TwoTowerOptions = LineRec.Training.TwoTowerOptions;

namespace LineRec.Samples.Shop.Models;

/// <summary>
/// Trains a whole bundle. Rankers learn from the windows before the split, each seen through retrieval models that know only what is
/// before that window; then retrieval is trained on everything before the split and published with those rankers.
/// </summary>
internal sealed class FunnelTraining(
    ShopDataset dataset, Catalog catalog, ShopLog log, InteractionTable events, InteractionTable history, string bundles, int seed, ShopReport report, ShopConsole console)
{
    private const int MaxCasesPerWindow = 8_000;
    private const int MaxListsPerWindow = 6_000;
    private const float FewChoices = 20_000;

    private readonly ShopPlacements _placements = new(dataset.Target, catalog);
    private readonly RetrievalTraining _retrieval = new(dataset, catalog, new ItemToItemBuilderOptions(), console);
    private FittedFeatures? _features;
    private TwoTowerReport? _chosen;

    /// <summary>Trains and publishes.</summary>
    /// <returns>The bundle's version.</returns>
    public string Train(ShopQuality quality, CancellationToken cancellationToken)
    {
        report.RankerTraining = dataset.HasImpressions ? "clicks against impressions without click" : "next events against sampled candidates: this log has no impressions";
        var examples = new Dictionary<string, List<RankingExamples>>();
        for (int window = dataset.LearningWindows; window >= 1; window--)
        {
            var from = dataset.Split - (window * dataset.Window);
            string version = PublishRetrieval(from, [], cancellationToken);
            console.Step($"Capture features from {from:yyyy-MM-dd HH:mm}", progress =>
            {
                Capture(version, from, quality, examples, progress);
                return true;
            });
        }

        var rankers = examples.ToDictionary(e => e.Key, e => TrainRanker(e.Key, StackedExamples.Of(e.Value), cancellationToken));
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
        var (features, tower) = _retrieval.Train(events, asOf, Towers(), bundle, before, cancellationToken);
        if (_chosen is null) console.Say($"  two-tower: {tower.Positives:N0} positives, best epoch {tower.BestEpoch} of {tower.Epochs.Count}, Recall@20 on its validation {tower.ValidationRecall:0.000}");
        _chosen ??= tower;
        foreach (var (name, model) in rankers) bundle.AddModel($"rankers/{name}", model.Export(bundle.Directory, $"rankers/{name}.onnx", before!.Fingerprint));
        bundle.WriteCampaigns(log.ReadCampaigns());
        bundle.Publish();
        before?.Dispose();
        _features = features;
        return version;
    }

    private void Capture(string version, DateTimeOffset from, ShopQuality quality, Dictionary<string, List<RankingExamples>> examples, IProgress<double> progress)
    {
        using var snapshot = BundleReader.Open(Path.Combine(bundles, version), verify: false);
        var histories = new InMemoryUserHistoryStore();
        histories.Load(history.Before(from + dataset.Window), catalog);
        var training = new RankerTraining(_placements, snapshot, histories, seed);
        var placements = RankedPlacements();
        for (int i = 0; i < placements.Length; i++)
        {
            var (name, task) = placements[i];
            var part = new StepProgress<double>(done => progress.Report((i + done) / placements.Length));
            Add(name, task is null
                ? training.FromImpressions(name, Sample([.. log.ReadImpressions(catalog, from, from + dataset.Window, name)], MaxListsPerWindow), part)
                : training.FromNextEvents(ShopPlacements.Of(task), Sample(quality.Cases(task, from), MaxCasesPerWindow), part));
        }

        void Add(string name, RankingExamples captured)
        {
            if (!examples.TryGetValue(name, out var list)) examples.Add(name, list = []);
            list.Add(StackedExamples.Detach(captured));
        }
    }

    /// <summary>The rankers to train: with the task whose next events they learn, or none for those that learn clicks on impressions.</summary>
    private (string Name, string? Task)[] RankedPlacements() => dataset.HasImpressions
        ? [(ShopPlacements.NextEvent, dataset.Tasks[0]), .. ShopPlacements.All.Take(5).Select(p => (p, (string?)null))]
        : [.. dataset.Tasks.Select(t => (ShopPlacements.Of(t), (string?)t))];

    private RankerModel TrainRanker(string name, RankingExamples examples, CancellationToken cancellationToken)
    {
        var options = new RankerOptions { Seed = seed, Ensemble = 2 };

        // Few choices to learn from: small networks, held back, several averaged.
        if (!dataset.HasImpressions && examples.Labels.Sum() < FewChoices) options = options with { Ensemble = 4, HiddenWidths = [32, 16], Dropout = 0.4, WeightDecay = 0.05, LearningRate = 0.001 };
        var model = console.Step($"Train ranker '{name}'", progress => new RankerTrainer(options).Train(examples, new StepProgress<TrainingProgress>(p => progress.Report((p.Epoch - 1 + ((double)p.Step / p.Steps)) / p.Epochs)), cancellationToken));
        report.Rankers.Add(new RankerFigures(name, model.Report.HeldOut.Auc, model.Report.HeldOut.LogLoss, model.Report.HeldOut.Ece, examples.Count));
        return model;
    }

    /// <summary>What the first training chose on its validation holds for the later ones, too.</summary>
    private TwoTowerOptions Towers()
    {
        var options = new TwoTowerOptions
        {
            Seed = seed,
            Epochs = 8,
            Patience = 2,
            UniformNegatives = 1024,
            MaxValidationExamples = 1_500,
            PopularityExponents = [0, 0.05, 0.1, 0.2],
            PositiveWeights = dataset.HasImpressions ? [0f, 0.3f, 0.5f, 1f, 0.5f, 0f] : _placements.TargetWeights(),
        };
        return _chosen is null ? options with { RetrainOnAll = false } : options with { ValidationShare = 0, Epochs = _chosen.BestEpoch, PopularityExponents = [_chosen.PopularityExponent] };
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

    /// <summary>An even, seeded sample in the original order.</summary>
    private IReadOnlyList<T> Sample<T>(IReadOnlyList<T> all, int most)
    {
        if (all.Count <= most) return all;
        int[] picks = [.. Enumerable.Range(0, all.Count)];
        new Random(seed).Shuffle(picks);
        return [.. picks.Take(most).Order().Select(i => all[i])];
    }
}
