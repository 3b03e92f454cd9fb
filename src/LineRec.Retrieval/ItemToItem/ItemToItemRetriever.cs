namespace LineRec.Retrieval;

/// <summary>
/// Retrieves what goes with the user's newest items and the request's anchors: score(c) = Σ w(h) · s(h, c) over the history's items and
/// the anchors h, with s from the neighbour table. An item that is nobody's neighbour scores 0; a request without history and anchors
/// gets no candidates.
/// </summary>
/// <remarks>
/// Thread-safe. O((history + anchors) × width), no allocation; retrieving and scoring share one pass a request. See G. Linden, B. Smith,
/// J. York, "Amazon.com recommendations: item-to-item collaborative filtering", IEEE Internet Computing 7 (2003).
/// </remarks>
public sealed class ItemToItemRetriever : IRetriever, ICandidateScorer
{
    private readonly NeighbourTable _neighbours;
    private readonly ItemToItemOptions _options;

    /// <summary>Creates the retriever. O(1).</summary>
    /// <param name="neighbours">The neighbour table; it must outlive the retriever.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public ItemToItemRetriever(NeighbourTable neighbours, ItemToItemOptions? options = null)
    {
        (_neighbours, _options) = (neighbours, options ?? new ItemToItemOptions());
        _options.Validate();
    }

    /// <inheritdoc/>
    public ValueTask RetrieveAsync(RequestContext context, CandidateSink candidates, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled(cancellationToken);
        var sums = Sums(context);
        Span<int> own = stackalloc int[_options.History.Last];
        Span<float> weights = stackalloc float[_options.History.Last];
        own = _options.ExcludeHistory ? own[.._options.History.Select(context.History, context.UnixMilliseconds, own, weights)] : [];
        sums.CopyBestTo(candidates, own, _options.ExcludeAnchors ? context.Anchors : []);
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
        var history = _options.History;
        Span<int> rows = stackalloc int[history.Last];
        Span<float> weights = stackalloc float[history.Last];
        int count = history.Select(context.History, context.UnixMilliseconds, rows, weights);
        for (int i = 0; i < count; i++) AddNeighbours(sums, rows[i], weights[i]);
        if (_options.AnchorWeight > 0f)
        {
            foreach (int anchor in context.Anchors) AddNeighbours(sums, anchor, _options.AnchorWeight);
        }

        sums.IsComplete = true;
        return sums;
    }

    private void AddNeighbours(RowScores sums, int row, float weight)
    {
        var neighbours = _neighbours.Of(row, out var scores);
        for (int i = 0; i < neighbours.Length; i++) sums.Add(neighbours[i], weight * scores[i]);
    }
}
