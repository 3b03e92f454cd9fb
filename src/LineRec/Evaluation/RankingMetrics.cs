namespace LineRec;

/// <summary>
/// Quality of one ranked list against a set of targets. Relevance is binary. A row that is twice in a list counts at its first place only.
/// </summary>
/// <remarks>
/// Thread-safe, without allocation; O(k × targets). "Unknown targets" are targets that the catalog doesn't hold: no list can hit them, yet
/// they count among the targets. See K. Järvelin and J. Kekäläinen, "Cumulated gain-based evaluation of IR techniques", TOIS 20 (2002).
/// </remarks>
public static class RankingMetrics
{
    /// <summary>Recall@k: hits among the first k, divided by the number of targets (not by min(k, targets)). 0 to 1.</summary>
    /// <param name="ranked">Rows, best first.</param>
    /// <param name="targets">The relevant rows, each once.</param>
    /// <param name="k">How much of the list counts, 1 or more.</param>
    /// <param name="unknownTargets">How many more targets there are that the catalog doesn't hold.</param>
    /// <exception cref="ArgumentException">There is no target.</exception>
    public static double Recall(ReadOnlySpan<int> ranked, ReadOnlySpan<int> targets, int k = EvaluationDefaults.K, int unknownTargets = 0)
    {
        int count = CountTargets(targets, k, unknownTargets), hits = 0;
        ranked = First(ranked, k);
        for (int i = 0; i < ranked.Length; i++)
        {
            if (IsHit(ranked, i, targets)) hits++;
        }

        return (double)hits / count;
    }

    /// <summary>NDCG@k: Σ 1/log2(place + 1) over hits among the first k, divided by that of a list that begins with min(k, targets) hits. 0 to 1.</summary>
    /// <param name="ranked">Rows, best first.</param>
    /// <param name="targets">The relevant rows, each once.</param>
    /// <param name="k">How much of the list counts, 1 or more.</param>
    /// <param name="unknownTargets">How many more targets there are that the catalog doesn't hold.</param>
    /// <exception cref="ArgumentException">There is no target.</exception>
    public static double Ndcg(ReadOnlySpan<int> ranked, ReadOnlySpan<int> targets, int k = EvaluationDefaults.K, int unknownTargets = 0)
    {
        int count = CountTargets(targets, k, unknownTargets);
        ranked = First(ranked, k);
        double gain = 0, ideal = 0;
        for (int i = 0; i < ranked.Length; i++)
        {
            if (IsHit(ranked, i, targets)) gain += 1 / Math.Log2(i + 2);
        }

        for (int i = 0; i < Math.Min(k, count); i++) ideal += 1 / Math.Log2(i + 2);
        return gain / ideal;
    }

    /// <summary>HitRate@k: 1 where any of the first k is a target, else 0.</summary>
    /// <param name="ranked">Rows, best first.</param>
    /// <param name="targets">The relevant rows, each once.</param>
    /// <param name="k">How much of the list counts, 1 or more.</param>
    /// <param name="unknownTargets">How many more targets there are that the catalog doesn't hold.</param>
    /// <exception cref="ArgumentException">There is no target.</exception>
    public static double HitRate(ReadOnlySpan<int> ranked, ReadOnlySpan<int> targets, int k = EvaluationDefaults.K, int unknownTargets = 0) =>
        ReciprocalRank(ranked, targets, k, unknownTargets) > 0 ? 1 : 0;

    /// <summary>Reciprocal rank at k: 1 / place of the first hit among the first k, 0 without one. Its mean is MRR@k.</summary>
    /// <param name="ranked">Rows, best first.</param>
    /// <param name="targets">The relevant rows, each once.</param>
    /// <param name="k">How much of the list counts, 1 or more; <see cref="int.MaxValue"/> for the whole list.</param>
    /// <param name="unknownTargets">How many more targets there are that the catalog doesn't hold.</param>
    /// <exception cref="ArgumentException">There is no target.</exception>
    public static double ReciprocalRank(ReadOnlySpan<int> ranked, ReadOnlySpan<int> targets, int k = EvaluationDefaults.K, int unknownTargets = 0)
    {
        CountTargets(targets, k, unknownTargets);
        int first = First(ranked, k).IndexOfAny(targets);
        return first < 0 ? 0 : 1.0 / (first + 1);
    }

    private static ReadOnlySpan<int> First(ReadOnlySpan<int> ranked, int k) => ranked[..Math.Min(ranked.Length, k)];

    private static bool IsHit(ReadOnlySpan<int> ranked, int i, ReadOnlySpan<int> targets) =>
        targets.Contains(ranked[i]) && !ranked[..i].Contains(ranked[i]);

    private static int CountTargets(ReadOnlySpan<int> targets, int k, int unknownTargets)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(k);
        ArgumentOutOfRangeException.ThrowIfNegative(unknownTargets);
        int count = targets.Length + unknownTargets;
        return count > 0 ? count : throw new ArgumentException("A list without targets has no quality; leave such cases out.", nameof(targets));
    }
}
