namespace LineRec.Recipes;

/// <summary>The quality protocol on one log: the cases of each task, and the baselines tuned before the split.</summary>
/// <param name="dataset">How the log is split.</param>
/// <param name="catalog">The items.</param>
/// <param name="history">The log without impressions, before and after the split.</param>
internal sealed class ShopQuality(ShopDataset dataset, Catalog catalog, InteractionTable history)
{
    /// <summary>The cases of the test.</summary>
    public IReadOnlyList<EvaluationCase> TestCases(string task) => Cases(task, dataset.Split);

    /// <summary>Tunes the baselines of a task.</summary>
    public IReadOnlyList<TunedBaseline> TuneBaselines(string task) => BaselineTuning.TuneAll(
        new BaselineData
        {
            Events = history.Before(dataset.Split),
            ItemCount = catalog.Count,
            ValidationStart = dataset.ValidationStart,
            Split = dataset.Split,
            ValidationCases = Cases(task, dataset.ValidationStart),
            Target = dataset.Target,
        },
        buyAgain: task == EvaluationTask.All);

    /// <summary>Puts the pipeline, as it serves, and the baselines to the test.</summary>
    /// <param name="task">The task.</param>
    /// <param name="recommender">The pipeline.</param>
    /// <param name="baselines">The baselines, tuned for the task.</param>
    /// <param name="progress">Told the cases done.</param>
    /// <param name="others">What else is put to the same test.</param>
    public EvaluationReport Evaluate(string task, IRecommender recommender, IReadOnlyList<TunedBaseline> baselines, Action<int> progress, params IEnumerable<IRankedSystem> others)
    {
        List<IRankedSystem> systems = [.. baselines.Select(b => b.System), .. others];
        if (dataset.Oracle is { } oracle) systems.Add(oracle);
        var options = new EvaluationOptions { Popularity = ItemPopularity.Count(history.Before(dataset.Split), catalog.Count, dataset.Target), Progress = progress };
        return OfflineEvaluation.Run(task, catalog, TestCases(task), systems, new PipelineSystem(recommender, ShopPlacements.Of(task), catalog), options);
    }

    /// <summary>The cases of a window: baselines are tuned on the one before the split, rankers learn from that and earlier ones.</summary>
    public IReadOnlyList<EvaluationCase> Cases(string task, DateTimeOffset from) => task == EvaluationTask.NextClick
        ? EvaluationCases.NextClick(history.Where(from, from + dataset.Window))
        : EvaluationCases.FromWindow(history, from, from + dataset.Window, task == EvaluationTask.Discovery, dataset.Target);
}
