using LineRec.Training;

namespace LineRec.Recipes;

/// <summary>Which rankers there are and how they are trained.</summary>
internal static class RankerRecipe
{
    /// <summary>How many placements get a ranker of their own where the log has impressions: the first ones of <see cref="ShopPlacements.All"/>.</summary>
    public const int OwnRankers = 5;

    private const float FewChoices = 20_000;

    /// <summary>What a shop's ranker starts from.</summary>
    /// <param name="seed">Seeds everything that is random.</param>
    public static RankerOptions Defaults(int seed) => new() { Seed = seed, Ensemble = 2 };

    /// <summary>The rankers to train: with the task whose next events they learn, or none for those that learn clicks on impressions.</summary>
    public static (string Name, string? Task)[] Rankers(ShopDataset dataset) => dataset.HasImpressions
        ? [(ShopPlacements.NextEvent, dataset.Tasks[0]), .. ShopPlacements.All.Take(OwnRankers).Select(p => (p, (string?)null))]
        : [.. dataset.Tasks.Select(t => (ShopPlacements.Of(t), (string?)t))];

    /// <summary>Trains one ranker.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="examples">What it learns from.</param>
    /// <param name="options">How.</param>
    /// <param name="dataset">Where the examples come from.</param>
    /// <param name="console">Shows progress.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static RankerModel Train(string name, RankingExamples examples, RankerOptions options, ShopDataset dataset, RunConsole console, CancellationToken cancellationToken)
    {
        // Few choices to learn from: small networks, held back, several averaged.
        if (!dataset.HasImpressions && examples.Labels.Sum() < FewChoices) options = options with { Ensemble = 4, HiddenWidths = [32, 16], Dropout = 0.4, WeightDecay = 0.05, LearningRate = 0.001 };
        return console.Step($"Train ranker '{name}'", progress => new RankerTrainer(options).Train(examples, new StepProgress<TrainingProgress>(p => progress.Report((p.Epoch - 1 + ((double)p.Step / p.Steps)) / p.Epochs)), cancellationToken));
    }
}
