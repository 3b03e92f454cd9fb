namespace LineRec.Recipes;

/// <summary>
/// Which training comes next: asynchronous successive halving. All trials begin with few epochs; whenever a trial is among the best of its rung, one in
/// <see cref="SweepRules.Reduction"/>, it goes on with more, without waiting for the others. L. Li et al., "A System for Massively Parallel Hyperparameter Tuning" (MLSys 2020),
/// algorithm 2. With one rung it is random search.
/// </summary>
/// <remarks>
/// A pure function of what has finished and what is running, in whatever order, so a sweep that was killed goes on as if it hadn't been. Unlike the paper's it has an end: when all trials have begun
/// and no other training is left, the best of a rung goes on even if the rung holds fewer than the reduction, so that one trial reaches the last rung however few there are.
/// </remarks>
internal static class AshaScheduler
{
    /// <summary>The next training.</summary>
    /// <param name="rules">How many trials and epochs.</param>
    /// <param name="finished">The results so far.</param>
    /// <param name="running">What other workers are at.</param>
    /// <returns>Null where there is nothing to do until what is running has finished; with nothing running the sweep is done.</returns>
    public static SweepJob? Next(SweepRules rules, IReadOnlyCollection<SweepResult> finished, IReadOnlyCollection<SweepJob> running)
    {
        HashSet<SweepJob> begun = [.. finished.Select(f => new SweepJob(f.Trial, f.Rung)), .. running];
        for (int rung = rules.Epochs.Count - 2; rung >= 0; rung--)
        {
            if (Promotable(rules, finished, begun, rung, roundUp: false) is { } better) return better;
        }

        for (int trial = 0; trial < rules.Trials; trial++)
        {
            if (!begun.Contains(new SweepJob(trial, 0))) return new SweepJob(trial, 0);
        }

        for (int rung = 0; rung < rules.Epochs.Count - 1 && running.Count == 0; rung++)
        {
            if (Promotable(rules, finished, begun, rung, roundUp: true) is { } last) return last;
        }

        return null;
    }

    private static SweepJob? Promotable(SweepRules rules, IReadOnlyCollection<SweepResult> finished, HashSet<SweepJob> begun, int rung, bool roundUp)
    {
        SweepResult[] results = [.. finished.Where(f => f.Rung == rung && f.Trial < rules.Trials)];
        int best = (results.Length + (roundUp ? rules.Reduction - 1 : 0)) / rules.Reduction;
        foreach (var result in SweepResult.Ranked(results).Take(best))
        {
            var next = new SweepJob(result.Trial, rung + 1);
            if (!double.IsNaN(result.Score) && !begun.Contains(next)) return next;
        }

        return null;
    }
}
