namespace LineRec.Retrieval;

/// <summary>Retrieves the best of a chart, the same for everybody. An item that the chart doesn't rank has no score (NaN).</summary>
/// <remarks>Thread-safe. O(limit), no allocation. Scoring any row takes 4 bytes an item, which all retrievers over one chart share.</remarks>
public sealed class TrendingRetriever : IRetriever, ICandidateScorer
{
    private readonly Chart _chart;
    private readonly float[] _scores;

    /// <summary>Creates the retriever. O(catalog).</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="catalogCount">How many rows the catalog has.</param>
    /// <exception cref="ArgumentException">The chart ranks a row outside the catalog.</exception>
    public TrendingRetriever(Chart chart, int catalogCount)
        : this(chart, ScoresByRow(chart, catalogCount))
    {
    }

    internal TrendingRetriever(Chart chart, float[] scores) => (_chart, _scores) = (chart, scores);

    /// <inheritdoc/>
    public ValueTask RetrieveAsync(RequestContext context, CandidateSink candidates, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled(cancellationToken);
        int count = Math.Min(candidates.Limit, _chart.Rows.Length);
        candidates.Add(_chart.Rows[..count], _chart.Scores[..count]);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public void Score(RequestContext context, ReadOnlySpan<int> rows, Span<float> scores)
    {
        for (int i = 0; i < rows.Length; i++) scores[i] = _scores[rows[i]];
    }

    internal static float[] ScoresByRow(Chart chart, int catalogCount)
    {
        var scores = new float[catalogCount];
        Array.Fill(scores, float.NaN);
        for (int i = 0; i < chart.Rows.Length; i++)
        {
            if ((uint)chart.Rows[i] >= (uint)catalogCount)
                throw new ArgumentException($"The chart ranks row {chart.Rows[i]}; the catalog has {catalogCount}. Build charts for this catalog anew.", nameof(chart));
            scores[chart.Rows[i]] = chart.Scores[i];
        }

        return scores;
    }
}
