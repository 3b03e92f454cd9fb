namespace LineRec;

/// <summary>One system's lists and their metrics, by case. Cases may be filled in from several threads.</summary>
internal sealed class ListCollector(IReadOnlyList<EvaluationCase> cases, int k)
{
    public const int MetricCount = 4;

    private readonly int[] _rows = new int[checked(cases.Count * k)];
    private readonly int[] _lengths = new int[cases.Count];
    private readonly double[] _metrics = new double[cases.Count * MetricCount];

    public int Count => _lengths.Length;

    public ReadOnlySpan<int> this[int index] => _rows.AsSpan(index * k, _lengths[index]);

    /// <summary>Recall, NDCG, hit rate and reciprocal rank of a case.</summary>
    public ReadOnlySpan<double> Metrics(int index) => _metrics.AsSpan(index * MetricCount, MetricCount);

    public Span<int> Begin(int index) => _rows.AsSpan(index * k, k);

    public void Set(int index, ReadOnlySpan<int> rows)
    {
        rows.CopyTo(Begin(index));
        End(index, rows.Length);
    }

    public void End(int index, int length)
    {
        var question = cases[index];
        var rows = Begin(index);

        // What the task forbids is struck out for every system alike.
        int kept = 0;
        foreach (int row in rows[..length])
        {
            if (question.ExcludedRows.Length == 0 || Array.BinarySearch(question.ExcludedRows, row) < 0) rows[kept++] = row;
        }

        _lengths[index] = kept;
        var list = rows[..kept];
        var metrics = _metrics.AsSpan(index * MetricCount, MetricCount);
        metrics[0] = RankingMetrics.Recall(list, question.Targets, k, question.UnknownTargets);
        metrics[1] = RankingMetrics.Ndcg(list, question.Targets, k, question.UnknownTargets);
        metrics[2] = RankingMetrics.HitRate(list, question.Targets, k, question.UnknownTargets);
        metrics[3] = RankingMetrics.ReciprocalRank(list, question.Targets, k, question.UnknownTargets);
    }
}
