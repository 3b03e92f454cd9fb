namespace LineRec;

/// <summary>Tunes the baselines of the quality protocol, each over its own committed grid.</summary>
public static class BaselineTuning
{
    /// <summary>
    /// Popularity, recent popularity, item-to-item and, where asked for, buy-again: each tuned on validation for Recall@k, then fitted on all
    /// before the split. The first of equally good combinations is taken. The lists that item-to-item and buy-again can't fill are filled from
    /// the tuned recent popularity.
    /// </summary>
    /// <param name="data">The log before the split, and the validation cases.</param>
    /// <param name="buyAgain">Whether buy-again is among them; it has nothing to say where earlier purchases are excluded.</param>
    /// <returns>The baselines, named popularity, recent_popularity, item_to_item, buy_again.</returns>
    /// <exception cref="ArgumentException">There is no validation case.</exception>
    public static IReadOnlyList<TunedBaseline> TuneAll(BaselineData data, bool buyAgain)
    {
        var recent = RecentPopularityBaseline.Tune(data);
        var tuned = new List<TunedBaseline> { PopularityBaseline.Tune(data), recent.Baseline, ItemToItemBaseline.Tune(data, recent.Fill) };
        if (buyAgain) tuned.Add(BuyAgainBaseline.Tune(data, recent.Fill));
        return tuned;
    }

    /// <summary>The first of the best combinations by mean recall over the validation cases.</summary>
    /// <param name="data">The data.</param>
    /// <param name="combinations">How many combinations there are.</param>
    /// <param name="scoreCase">Writes the recall of each combination on a case. Called from several threads.</param>
    internal static (int Best, double Recall) FindBest(BaselineData data, int combinations, Action<EvaluationCase, Span<double>> scoreCase)
    {
        int cases = data.ValidationCases.Count;
        if (cases == 0) throw new ArgumentException("There is no validation case to tune baselines on: the log before the split is too short.", nameof(data));

        // Summed up in the order of the cases afterwards, so that threads don't change the choice.
        var recalls = new double[cases][];
        Parallel.For(0, cases, i => scoreCase(data.ValidationCases[i], recalls[i] = new double[combinations]));
        var (best, bestRecall) = (0, -1.0);
        for (int combination = 0; combination < combinations; combination++)
        {
            double sum = 0;
            foreach (double[] ofCase in recalls) sum += ofCase[combination];
            if (sum / cases > bestRecall) (best, bestRecall) = (combination, sum / cases);
        }

        return (best, bestRecall);
    }

    internal static double Recall(ReadOnlySpan<int> list, EvaluationCase question, int k) =>
        RankingMetrics.Recall(list, question.Targets, k, question.UnknownTargets);
}
