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
/// Trains a whole bundle: first on what is before the validation window, for rankers to learn from that window with features that don't
/// know it; then anew on everything before the split, with those rankers.
/// </summary>
internal sealed class FunnelTraining(
    ShopDataset dataset, Catalog catalog, ShopLog log, InteractionTable events, InteractionTable history, string bundles, int seed, ShopReport report, ShopConsole console)
{
    private const int MaxCasesPerRanker = 8_000;
    private const int MaxListsPerRanker = 12_000;

    private readonly ShopPlacements _placements = new(dataset.Target, catalog);

    /// <summary>Trains and publishes.</summary>
    /// <returns>The bundle's version.</returns>
    public string Train(ShopQuality quality, CancellationToken cancellationToken)
    {
        var campaigns = log.ReadCampaigns();
        var retrieval = new RetrievalTraining(dataset, catalog, new ItemToItemBuilderOptions());
        string first = VersionOf(dataset.RankersLearnFrom);
        FittedFeatures firstFeatures;
        TwoTowerReport chosen;
        using (var bundle = BundleWriter.Create(bundles, first))
        {
            (firstFeatures, chosen) = TrainRetrieval(retrieval, dataset.RankersLearnFrom, Towers(), bundle, null, cancellationToken);
            bundle.WriteCampaigns(campaigns);
            bundle.Publish();
        }

        var rankers = TrainRankers(first, quality, cancellationToken);
        string version = VersionOf(dataset.Split);
        using (var bundle = BundleWriter.Create(bundles, version))
        {
            // What the first training chose on its validation holds for the newer events, too.
            var refresh = Towers() with { ValidationShare = 0, Epochs = chosen.BestEpoch, PopularityExponents = [chosen.PopularityExponent] };
            TrainRetrieval(retrieval, dataset.Split, refresh, bundle, firstFeatures, cancellationToken);
            bundle.WriteCampaigns(campaigns);
            foreach (var (placement, model) in rankers)
            {
                bundle.AddModel($"rankers/{placement}", model.Export(bundle.Directory, $"rankers/{placement}.onnx", firstFeatures.Fingerprint));
                model.Dispose();
            }

            bundle.Publish();
        }

        firstFeatures.Dispose();
        return version;
    }

    private (FittedFeatures Features, TwoTowerReport Report) TrainRetrieval(RetrievalTraining retrieval, DateTimeOffset asOf, TwoTowerOptions towers, BundleWriter bundle, FittedFeatures? refreshOf, CancellationToken cancellationToken)
    {
        var trained = console.Step($"Train retrieval up to {asOf:yyyy-MM-dd HH:mm}", progress => retrieval.Train(events, asOf, towers, bundle, refreshOf, new StepProgress<TrainingProgress>(p => progress.Report((p.Epoch - 1 + ((double)p.Step / p.Steps)) / p.Epochs)), cancellationToken));
        var tower = trained.Report;
        console.Say($"  two-tower: {tower.Positives:N0} positives, best of {tower.Epochs.Count} epochs {tower.BestEpoch}, validation recall@20 {tower.ValidationRecall:0.000}, popularity exponent {tower.PopularityExponent:0.###}, {(tower.Epochs.Count == 0 ? 0 : tower.Epochs.Average(e => e.PositivesPerSecond)):N0} positives/s");
        return trained;
    }

    private List<(string Placement, RankerModel Model)> TrainRankers(string version, ShopQuality quality, CancellationToken cancellationToken)
    {
        using var snapshot = BundleReader.Open(Path.Combine(bundles, version));
        var histories = new InMemoryUserHistoryStore();
        histories.Load(history.Before(dataset.Split), catalog);
        var training = new RankerTraining(_placements, snapshot, histories, seed);
        var models = new List<(string, RankerModel)>();
        report.RankerTraining = dataset.HasImpressions ? "clicks against impressions without click" : "next events against sampled candidates: this log has no impressions";
        string[] ranked = dataset.HasImpressions ? [.. ShopPlacements.All.Take(5)] : [.. dataset.Tasks.Select(ShopPlacements.Of)];
        foreach (string placement in ranked)
        {
            var examples = console.Step($"Capture features of '{placement}'", progress => dataset.HasImpressions
                ? training.FromImpressions(placement, Lists(placement), progress)
                : training.FromNextEvents(placement, Sample(quality.ValidationCases(dataset.Tasks.First(t => ShopPlacements.Of(t) == placement)), MaxCasesPerRanker), progress));
            var options = new RankerOptions { Seed = seed };
            var model = console.Step($"Train ranker '{placement}'", progress => new RankerTrainer(options).Train(examples, new StepProgress<TrainingProgress>(p => progress.Report((p.Epoch - 1 + ((double)p.Step / p.Steps)) / p.Epochs)), cancellationToken));
            report.Rankers.Add(new RankerFigures(placement, model.Report.HeldOut.Auc, model.Report.HeldOut.LogLoss, model.Report.HeldOut.Ece, examples.Count));
            models.Add((placement, model));
        }

        return models;
    }

    private List<ImpressionList> Lists(string placement) =>
        [.. Sample([.. log.ReadImpressions(catalog, dataset.RankersLearnFrom, dataset.Split, placement)], MaxListsPerRanker)];

    private TwoTowerOptions Towers() => new() { Seed = seed, Epochs = 8, Patience = 2, UniformNegatives = 1024, PositiveWeights = dataset.HasImpressions ? [0f, 0.3f, 0.5f, 1f, 0.5f, 0f] : _placements.TargetWeights() };

    private static string VersionOf(DateTimeOffset asOf) => asOf.UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);

    /// <summary>An even, seeded sample in the original order.</summary>
    private IReadOnlyList<T> Sample<T>(IReadOnlyList<T> all, int most)
    {
        if (all.Count <= most) return all;
        int[] picks = [.. Enumerable.Range(0, all.Count)];
        new Random(seed).Shuffle(picks);
        return [.. picks.Take(most).Order().Select(i => all[i])];
    }
}
