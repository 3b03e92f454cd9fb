using LineRec.Tracking;
using LineRec.Training;

namespace LineRec.Recipes;

/// <summary>The rankers' NDCG on the lists that training is held back from, the mean over rankers. All trials learn from the same captured lists.</summary>
/// <param name="dataset">How the log is split.</param>
/// <param name="examples">What each ranker learns from.</param>
internal sealed class RankersObjective(ShopDataset dataset, IReadOnlyDictionary<string, RankingExamples> examples) : ISweepObjective
{
    public string Metric => "held_out_ndcg";

    public double Measure(RecipeSettings settings, IExperimentRun? run, IProgress<double> progress, TrainingCheckpoints? checkpoints, CancellationToken cancellationToken)
    {
        var figures = new List<double>();
        foreach (var (name, captured) in examples.OrderBy(e => e.Key, StringComparer.Ordinal))
        {
            int done = figures.Count;
            var bar = new StepProgress<double>(share => progress.Report((done + share) / examples.Count));
            using var model = RankerRecipe.Train(name, captured, RankerRecipe.Of(settings, captured, dataset), TrainingBar.Of(bar, run: null), checkpoints, cancellationToken);
            run?.LogMetric($"{name}/ndcg", model.Report.HeldOut.Ndcg);
            run?.LogMetric($"{name}/log_loss", model.Report.HeldOut.LogLoss);
            figures.Add(model.Report.HeldOut.Ndcg);
        }

        return figures.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();
    }
}
