using LineRec.Features;
using LineRec.Training;

using TwoTowerOptions = LineRec.Training.TwoTowerOptions;

namespace LineRec.Recipes;

/// <summary>How the two-tower is trained: chosen once on validation, then trained again with what was chosen.</summary>
internal static class TowerRecipe
{
    /// <summary>How the tower pools a history; the fitted features name it.</summary>
    public static HistoryPooling HistoryPooling => Defaults(seed: 0).HistoryPooling;

    /// <summary>What a shop's two-tower starts from.</summary>
    /// <param name="seed">Seeds everything that is random.</param>
    public static TwoTowerOptions Defaults(int seed) => new()
    {
        Seed = seed,
        Epochs = 8,
        Patience = 2,
        UniformNegatives = 1024,
        MaxValidationExamples = 1_500,
        PopularityExponents = [0, 0.05, 0.1, 0.2],
    };

    /// <summary>What settings say of it.</summary>
    public static TwoTowerOptions Of(RecipeSettings settings) => Defaults(settings.Seed) with
    {
        Dimension = settings.Dimension,
        Epochs = settings.TowerEpochs,
        Patience = settings.Patience,
        UniformNegatives = settings.UniformNegatives,
        LearningRate = settings.TowerLearningRate,
        Temperature = settings.Temperature,
        BatchSize = settings.TowerBatchSize,
        ItemHiddenWidth = settings.ItemHiddenWidth,
    };

    /// <summary>The first training holds the end of the log back, to choose the number of epochs and the weight of popularity.</summary>
    /// <param name="options">The options.</param>
    /// <param name="dataset">Says which events are positives.</param>
    /// <param name="target">The weights of the target alone, for a log without impressions.</param>
    public static TwoTowerOptions First(TwoTowerOptions options, ShopDataset dataset, float[] target) => options with
    {
        PositiveWeights = dataset.HasImpressions ? [0f, 0.3f, 0.5f, 1f, 0.5f, 0f] : target,
        RetrainOnAll = false,
    };

    /// <summary>What the first training chose holds for the later ones, too; they train on all events.</summary>
    /// <param name="first">The options of the first training.</param>
    /// <param name="bestEpoch">The number of epochs that it chose; see <see cref="TwoTowerReport.BestEpoch"/>.</param>
    /// <param name="popularityExponent">The exponent that it chose.</param>
    public static TwoTowerOptions Later(TwoTowerOptions first, int bestEpoch, double popularityExponent) => first with
    {
        RetrainOnAll = true,
        ValidationShare = 0,
        Epochs = bestEpoch,
        PopularityExponents = [popularityExponent],
    };

    /// <summary>A training that goes on from earlier towers: over what is new since then, all of it.</summary>
    /// <param name="first">The options of a first training.</param>
    /// <param name="earlier">The earlier towers.</param>
    /// <param name="epochs">How often.</param>
    public static TwoTowerOptions Daily(TwoTowerOptions first, TwoTowerState earlier, int epochs) => first with
    {
        RetrainOnAll = true,
        ValidationShare = 0,
        Epochs = epochs,
        ExamplesAfter = earlier.TrainedUntil,
    };
}
