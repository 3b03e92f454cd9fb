using System.Globalization;
using LineRec.Tracking;
using LineRec.Training;

namespace LineRec.Recipes;

/// <summary>Which rankers there are and how they are trained.</summary>
internal static class RankerRecipe
{
    /// <summary>How many placements get a ranker of their own where the log has impressions: the first ones of <see cref="ShopPlacements.All"/>.</summary>
    public const int OwnRankers = 5;

    private const float FewChoices = 20_000;

    private static readonly string[] Network = ["rankers.ensemble", "rankers.learning_rate", "rankers.dropout", "rankers.weight_decay", "rankers.hidden_widths"];

    /// <summary>What a shop's ranker starts from.</summary>
    /// <param name="seed">Seeds everything that is random.</param>
    public static RankerOptions Defaults(int seed) => new() { Seed = seed, Ensemble = 2 };

    /// <summary>What settings say of it. Where they leave the network at its defaults, few choices to learn from get small ones.</summary>
    public static RankerOptions Of(RecipeSettings settings, RankingExamples examples, ShopDataset dataset)
    {
        var options = Defaults(settings.Seed) with
        {
            Epochs = settings.RankerEpochs,
            Ensemble = settings.Ensemble,
            LearningRate = settings.RankerLearningRate,
            Dropout = settings.Dropout,
            WeightDecay = settings.WeightDecay,
            HiddenWidths = [.. settings.HiddenWidths.Split('-').Select(w => int.Parse(w, CultureInfo.InvariantCulture))],
        };
        bool untouched = SettingsSchema.Describe(settings, Network) == SettingsSchema.Describe(new RecipeSettings(), Network);
        return untouched ? Suited(options, examples, dataset) : options;
    }

    /// <summary>Few choices to learn from: small networks, held back, several averaged.</summary>
    public static RankerOptions Suited(RankerOptions options, RankingExamples examples, ShopDataset dataset) => dataset.HasImpressions || examples.Labels.Sum() >= FewChoices
        ? options
        : options with { Ensemble = 4, HiddenWidths = [32, 16], Dropout = 0.4, WeightDecay = 0.05, LearningRate = 0.001 };

    /// <summary>The rankers to train: with the task whose next events they learn, or none for those that learn clicks on impressions.</summary>
    public static (string Name, string? Task)[] Rankers(ShopDataset dataset) => dataset.HasImpressions
        ? [(ShopPlacements.NextEvent, dataset.Tasks[0]), .. ShopPlacements.Ranked.Select(p => (p, (string?)null))]
        : [.. dataset.Tasks.Select(t => (ShopPlacements.Of(t), (string?)t))];

    /// <summary>Trains one ranker.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="examples">What it learns from.</param>
    /// <param name="options">How.</param>
    /// <param name="console">Shows progress.</param>
    /// <param name="run">Is told of the progress; null: nobody.</param>
    /// <param name="checkpoints">From which it goes on when a run was killed; null: it begins anew.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static RankerModel Train(string name, RankingExamples examples, RankerOptions options, RunConsole console, IExperimentRun? run, TrainingCheckpoints? checkpoints, CancellationToken cancellationToken) =>
        console.Step($"Train ranker '{name}'", progress => Train(name, examples, options, TrainingBar.Of(progress, run), checkpoints, cancellationToken));

    /// <summary>Trains one ranker, as <see cref="Train(string, RankingExamples, RankerOptions, RunConsole, IExperimentRun?, TrainingCheckpoints?, CancellationToken)"/> does, and shows nothing.</summary>
    public static RankerModel Train(string name, RankingExamples examples, RankerOptions options, IProgress<TrainingProgress> progress, TrainingCheckpoints? checkpoints, CancellationToken cancellationToken)
    {
        return checkpoints is null ? Train(null, progress) : checkpoints.Train($"ranker-{name}", progress, Train);

        RankerModel Train(CheckpointOptions? kept, IProgress<TrainingProgress> told) => new RankerTrainer(options) { Checkpoints = kept }.Train(examples, told, cancellationToken);
    }
}
