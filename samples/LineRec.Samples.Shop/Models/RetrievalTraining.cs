using LineRec.Features;
using LineRec.Retrieval;
using LineRec.Samples.Shop.Reporting;
using LineRec.Training;

using TwoTowerOptions = LineRec.Training.TwoTowerOptions;

namespace LineRec.Samples.Shop.Models;

/// <summary>Trains everything that knows the log up to an instant but the rankers: features, two-tower, item-to-item, charts.</summary>
internal sealed class RetrievalTraining(ShopDataset dataset, Catalog catalog, ItemToItemBuilderOptions itemToItem, ShopConsole console)
{
    /// <summary>The chart of plain popularity.</summary>
    public const string PopularChart = "popular";

    private const int Neighbours = 300;

    /// <summary>Trains and writes the files of a bundle.</summary>
    /// <param name="events">The log, impressions included; what is at or after <paramref name="asOf"/> isn't looked at.</param>
    /// <param name="asOf">The instant up to which the models know the log.</param>
    /// <param name="towers">How the two-tower is trained.</param>
    /// <param name="bundle">Receives the files.</param>
    /// <param name="refreshOf">Earlier fitted features whose rankers go on being valid.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public (FittedFeatures Features, TwoTowerReport Report) Train(
        InteractionTable events, DateTimeOffset asOf, TwoTowerOptions towers, BundleWriter bundle, FittedFeatures? refreshOf, CancellationToken cancellationToken)
    {
        var known = events.Before(asOf);
        string upTo = $"up to {asOf:yyyy-MM-dd HH:mm}";
        var features = console.Step($"Fit features {upTo}", _ =>
        {
            var fitter = new FeatureFitter(ShopFeatures.Declare(catalog, towers.HistoryPooling, dataset.HasImpressions), catalog, asOf);
            fitter.Add(known);
            return fitter.Fit(refreshOf);
        });
        features.Save(bundle.Directory);

        using var model = console.Step($"Train two-tower {upTo}", progress => new TwoTowerTrainer(towers).Train(
            known, catalog, features.Items, new StepProgress<TrainingProgress>(p => progress.Report((p.Epoch - 1 + ((double)p.Step / p.Steps)) / p.Epochs)), cancellationToken));
        var export = console.Step($"Embed {catalog.Count:N0} items", _ => model.Export(bundle.Directory, features.Fingerprint));
        bundle.AddModel("user_tower", export.UserTower);
        bundle.AddModel("item_tower", export.ItemTower);

        using (var neighbours = console.Step($"Count item-to-item {upTo}", _ => new ItemToItemBuilder(known, catalog.Count, itemToItem).Build(Neighbours, cancellationToken))) neighbours.Save(bundle.Directory);
        bundle.WriteCatalog(catalog);
        bundle.WriteCharts(Charts(known, asOf));
        if (double.IsFinite(model.Report.ValidationRecall)) bundle.Metrics["two_tower_validation_recall_at_20"] = model.Report.ValidationRecall;
        return (features, model.Report);
    }

    private Dictionary<string, Chart> Charts(InteractionTable known, DateTimeOffset asOf) => new()
    {
        [Chart.Trending] = new TrendingBuilder(catalog.Count, new() { AsOf = asOf, HalfLife = dataset.Window / 4, TypeWeights = TargetOnly() }).Add(known).Build(),
        [PopularChart] = new TrendingBuilder(catalog.Count, new() { AsOf = asOf, HalfLife = null, TypeWeights = TargetOnly() }).Add(known).Build(),
    };

    private float[] TargetOnly()
    {
        var weights = new float[6];
        weights[(int)dataset.Target] = 1f;
        return weights;
    }
}
