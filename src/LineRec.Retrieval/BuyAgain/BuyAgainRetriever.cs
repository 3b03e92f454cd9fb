namespace LineRec.Retrieval;

/// <summary>
/// Retrieves the user's own items by recency and frequency: score(c) = Σ w(type) · 2^(-age / half-life) over the user's events with c, the
/// age as of the request's time. An item that the user never had scores 0.
/// </summary>
/// <remarks>Thread-safe. O(history), no allocation; retrieving and scoring share one pass a request.</remarks>
public sealed class BuyAgainRetriever : IRetriever, ICandidateScorer
{
    private readonly BuyAgainOptions _options;

    /// <summary>Creates the retriever.</summary>
    /// <param name="options">Options; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public BuyAgainRetriever(BuyAgainOptions? options = null)
    {
        _options = options ?? new BuyAgainOptions();
        _options.Validate();
    }

    /// <inheritdoc/>
    public ValueTask RetrieveAsync(RequestContext context, CandidateSink candidates, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled(cancellationToken);
        Sums(context).CopyBestTo(candidates, [], []);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public void Score(RequestContext context, ReadOnlySpan<int> rows, Span<float> scores)
    {
        var sums = Sums(context);
        for (int i = 0; i < rows.Length; i++) scores[i] = sums[rows[i]];
    }

    private RowScores Sums(RequestContext context)
    {
        var sums = context.GetScratch<RowScores>(this);
        if (sums.IsComplete) return sums;
        var rows = context.History.Rows;
        var types = context.History.Types;
        var times = context.History.Times;
        double perMillisecond = _options.HalfLife is { } halfLife ? -1 / halfLife.TotalMilliseconds : 0;
        for (int i = 0; i < rows.Length; i++)
        {
            int type = (int)types[i];
            float weight = type < _options.TypeWeights.Count ? _options.TypeWeights[type] : 0f;
            if (weight > 0f) sums.Add(rows[i], weight * (float)double.Exp2((context.UnixMilliseconds - times[i]) * perMillisecond));
        }

        sums.IsComplete = true;
        return sums;
    }
}
