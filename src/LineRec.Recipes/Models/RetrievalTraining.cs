using LineRec.Features;
using LineRec.Retrieval;
using LineRec.Tracking;
using LineRec.Training;

using TwoTowerOptions = LineRec.Training.TwoTowerOptions;

namespace LineRec.Recipes;

/// <summary>Trains everything that knows the log up to an instant but the rankers: features, two-tower, item-to-item, charts.</summary>
/// <remarks>Every method looks at what is before <c>asOf</c> only. Not thread-safe.</remarks>
/// <param name="dataset">How the log is split.</param>
/// <param name="catalog">The items.</param>
/// <param name="console">Shows progress.</param>
/// <param name="checkpoints">From which the two-tower goes on when a run was killed; null: it begins anew.</param>
internal sealed class RetrievalTraining(ShopDataset dataset, Catalog catalog, RunConsole console, TrainingCheckpoints? checkpoints = null)
{
    /// <summary>The chart of plain popularity.</summary>
    public const string PopularChart = "popular";

    /// <summary>How many neighbours an item keeps unless settings say otherwise.</summary>
    public const int DefaultNeighbours = 300;

    /// <summary>Trains and writes the files of a bundle.</summary>
    /// <param name="events">The log, impressions included.</param>
    /// <param name="asOf">The instant up to which the models know the log.</param>
    /// <param name="towers">How the two-tower is trained.</param>
    /// <param name="bundle">Receives the files.</param>
    /// <param name="refreshOf">Earlier fitted features whose rankers go on being valid.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public (FittedFeatures Features, TwoTowerReport Report) Train(
        InteractionTable events, DateTimeOffset asOf, TwoTowerOptions towers, BundleWriter bundle, FittedFeatures? refreshOf, CancellationToken cancellationToken)
    {
        var known = events.Before(asOf);
        var features = Fit(known, asOf, towers.HistoryPooling, refreshOf);
        features.Save(bundle.Directory);
        var (export, report, _) = TrainTowers(known, asOf, towers, null, features, bundle.Directory, run: null, cancellationToken);
        bundle.AddModel("user_tower", export.UserTower);
        bundle.AddModel("item_tower", export.ItemTower);
        CountNeighbours(known, asOf, DefaultNeighbours, bundle.Directory, cancellationToken);
        bundle.WriteCatalog(catalog);
        bundle.WriteCharts(Charts(known, asOf));
        if (double.IsFinite(report.ValidationRecall)) bundle.Metrics["two_tower_validation_recall_at_20"] = report.ValidationRecall;
        return (features, report);
    }

    /// <summary>Fits the features.</summary>
    public FittedFeatures Fit(InteractionTable known, DateTimeOffset asOf, HistoryPooling pooling, FittedFeatures? refreshOf) => console.Step($"Fit features {UpTo(asOf)}", _ =>
    {
        var fitter = new FeatureFitter(ShopFeatures.Declare(catalog, pooling, dataset.HasImpressions), catalog, asOf);
        fitter.Add(known);
        return fitter.Fit(refreshOf);
    });

    /// <summary>Trains the two-tower and writes its tables, graphs and item vectors into a folder.</summary>
    /// <param name="known">The events that it may know.</param>
    /// <param name="asOf">The instant that they end at.</param>
    /// <param name="towers">How it is trained.</param>
    /// <param name="earlier">The towers that training goes on from; null: from nothing.</param>
    /// <param name="features">The fitted features.</param>
    /// <param name="directory">The folder.</param>
    /// <param name="run">Is told options, progress and figures; null: nobody.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public (TwoTowerExport Export, TwoTowerReport Report, TwoTowerState State) TrainTowers(
        InteractionTable known, DateTimeOffset asOf, TwoTowerOptions towers, TwoTowerState? earlier, FittedFeatures features, string directory, IExperimentRun? run, CancellationToken cancellationToken)
    {
        using var model = console.Step(
            $"{(earlier is null ? "Train" : "Go on training")} two-tower {UpTo(asOf)}",
            progress => TrainTowers(known, asOf, towers, earlier, features, TrainingBar.Of(progress, run: null), run, cancellationToken));
        var export = console.Step($"Embed {catalog.Count:N0} items", _ => model.Export(directory, features.Fingerprint));
        return (export, model.Report, model.State);
    }

    /// <summary>Trains the two-tower.</summary>
    public TwoTowerModel TrainTowers(
        InteractionTable known, DateTimeOffset asOf, TwoTowerOptions towers, TwoTowerState? earlier, FittedFeatures features, IProgress<TrainingProgress> progress, IExperimentRun? run, CancellationToken cancellationToken)
    {
        return checkpoints is null ? Train(null, progress) : checkpoints.Train($"two-tower-{RunData.Stamp(asOf)}", progress, Train);

        TwoTowerModel Train(CheckpointOptions? kept, IProgress<TrainingProgress> told)
        {
            var trainer = new TwoTowerTrainer(towers) { Checkpoints = kept };
            return (run, earlier) switch
            {
                (null, null) => trainer.Train(known, catalog, features.Items, told, cancellationToken),
                (null, _) => trainer.Continue(earlier, known, catalog, features.Items, told, cancellationToken),
                (_, null) => trainer.TrainTrackedAsync(run, known, catalog, features.Items, told, cancellationToken).GetAwaiter().GetResult(),
                _ => trainer.ContinueTrackedAsync(run, earlier, known, catalog, features.Items, told, cancellationToken).GetAwaiter().GetResult(),
            };
        }
    }

    /// <summary>Counts which items go together and writes each item's nearest into a folder.</summary>
    public void CountNeighbours(InteractionTable known, DateTimeOffset asOf, int neighbours, string directory, CancellationToken cancellationToken)
    {
        using var table = console.Step($"Count item-to-item {UpTo(asOf)}", _ => new ItemToItemBuilder(known, catalog.Count, new()).Build(neighbours, cancellationToken));
        table.Save(directory);
    }

    /// <summary>The charts of what is in demand now and of what always was.</summary>
    public Dictionary<string, Chart> Charts(InteractionTable known, DateTimeOffset asOf) => new()
    {
        [Chart.Trending] = new TrendingBuilder(catalog.Count, new() { AsOf = asOf, HalfLife = dataset.Window / 4, TypeWeights = TargetOnly() }).Add(known).Build(),
        [PopularChart] = new TrendingBuilder(catalog.Count, new() { AsOf = asOf, HalfLife = null, TypeWeights = TargetOnly() }).Add(known).Build(),
    };

    private static string UpTo(DateTimeOffset asOf) => $"up to {asOf:yyyy-MM-dd HH:mm}";

    private float[] TargetOnly() => new ShopPlacements(dataset.Target, catalog).TargetWeights();
}
