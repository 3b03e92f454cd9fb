namespace LineRec.Retrieval;

/// <summary>
/// Retrieves the best of a chart: for each request that of the first of its scopes (segment, category, placement) that has one, else the
/// shop's. An item that the chosen chart doesn't rank has no score (NaN).
/// </summary>
/// <remarks>Thread-safe. O(limit), no allocation. Scoring any row takes 4 bytes an item of the catalog or 8 an item of the chart, which all retrievers over one chart share.</remarks>
public sealed class TrendingRetriever : IRetriever, ICandidateScorer
{
    private readonly ChartScores? _whole;
    private readonly ChartsOfScope[] _scopes;

    /// <summary>Creates a retriever of one chart, the same for everybody. O(catalog).</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="catalogCount">How many rows the catalog has.</param>
    /// <exception cref="ArgumentException">The chart ranks a row outside the catalog.</exception>
    public TrendingRetriever(Chart chart, int catalogCount)
        : this(new ChartScores(chart, catalogCount), [])
    {
    }

    /// <summary>Creates a retriever of a snapshot's charts. O(charts × log items).</summary>
    /// <param name="whole">The chart of a request for which no scope has one; null for no candidates then.</param>
    /// <param name="scopes">The charts of parts of the shop, in the order in which they are looked at.</param>
    internal TrendingRetriever(ChartScores? whole, ChartsOfScope[] scopes) => (_whole, _scopes) = (whole, scopes);

    /// <inheritdoc/>
    public ValueTask RetrieveAsync(RequestContext context, CandidateSink candidates, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled(cancellationToken);
        if (Choose(context)?.Chart is not { } chart) return ValueTask.CompletedTask;
        int count = Math.Min(candidates.Limit, chart.Rows.Length);
        candidates.Add(chart.Rows[..count], chart.Scores[..count]);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public void Score(RequestContext context, ReadOnlySpan<int> rows, Span<float> scores)
    {
        if (Choose(context) is not { } chart)
        {
            scores.Fill(float.NaN);
            return;
        }

        for (int i = 0; i < rows.Length; i++) scores[i] = chart[rows[i]];
    }

    private ChartScores? Choose(RequestContext context)
    {
        foreach (var scope in _scopes)
        {
            if (scope.Choose(context) is { } chart) return chart;
        }

        return _whole;
    }
}
