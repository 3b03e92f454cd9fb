using LineRec.Features;
using LineRec.Tracking;

namespace LineRec.Recipes;

/// <summary>The two-tower's Recall@20 on the last part of what is before the test, which training is held back from. The test itself isn't looked at.</summary>
/// <param name="dataset">How the log is split.</param>
/// <param name="data">The log.</param>
/// <param name="features">The features, fitted up to the split.</param>
/// <param name="console">Shows progress.</param>
internal sealed class TowerObjective(ShopDataset dataset, RunData data, FittedFeatures features, RunConsole console) : ISweepObjective
{
    private readonly InteractionTable _known = data.Events.Before(dataset.Split);
    private readonly float[] _target = new ShopPlacements(dataset.Target, data.Catalog).TargetWeights();

    public string Metric => "validation_recall";

    public double Measure(RecipeSettings settings, IExperimentRun? run, IProgress<double> progress, TrainingCheckpoints? checkpoints, CancellationToken cancellationToken)
    {
        var options = TowerRecipe.First(TowerRecipe.Of(settings), dataset, _target);
        using var model = new RetrievalTraining(dataset, data.Catalog, console, checkpoints).TrainTowers(_known, dataset.Split, options, earlier: null, features, TrainingBar.Of(progress, run: null), run, cancellationToken);
        return model.Report.ValidationRecall;
    }
}
