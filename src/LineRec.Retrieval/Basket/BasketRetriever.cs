namespace LineRec.Retrieval;

/// <summary>
/// Retrieves what goes with a whole basket: score(c) = Σ w(b) · s(b, c) / Σ w(b) over its items b, with s from the neighbour table, by
/// default each list scaled to the sum 1. An item that is nobody's neighbour scores 0; the basket's own items are not proposed; an empty
/// basket gets no candidates.
/// </summary>
/// <remarks>
/// Thread-safe. O(basket × width), no allocation; retrieving and scoring share one pass a request. The scaling is the row normalisation of
/// M. Deshpande, G. Karypis, "Item-based top-N recommendation algorithms", ACM TOIS 22 (2004).
/// </remarks>
public sealed class BasketRetriever : IRetriever, ICandidateScorer
{
    private readonly NeighbourTable _neighbours;
    private readonly BasketOptions _options;

    /// <summary>Creates the retriever. O(1).</summary>
    /// <param name="neighbours">The neighbour table; it must outlive the retriever.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of its range, or asks for vectors.</exception>
    public BasketRetriever(NeighbourTable neighbours, BasketOptions? options = null)
    {
        (_neighbours, _options) = (neighbours, options ?? new BasketOptions());
        _options.Validate();
        if (_options.Fusion != BasketFusion.Neighbours)
            throw new ArgumentException($"{nameof(BasketOptions)}: Fusion is {_options.Fusion}; a retriever over neighbours needs {BasketFusion.Neighbours}. Take a {nameof(SimilarItemsRetriever)} for vectors.", nameof(options));
    }

    /// <inheritdoc/>
    public ValueTask RetrieveAsync(RequestContext context, CandidateSink candidates, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled(cancellationToken);
        var sums = Sums(context);
        Span<int> rows = stackalloc int[_options.Seeds.Capacity];
        Span<float> weights = stackalloc float[_options.Seeds.Capacity];
        _options.Seeds.Select(context, rows, weights, out int basketCount);
        sums.CopyBestTo(candidates, rows[..basketCount], context.Anchors);
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
        Span<int> rows = stackalloc int[_options.Seeds.Capacity];
        Span<float> weights = stackalloc float[_options.Seeds.Capacity];
        int count = _options.Seeds.Select(context, rows, weights, out _);
        float all = 0f;
        for (int i = 0; i < count; i++) all += weights[i];
        for (int i = 0; i < count; i++)
        {
            if (weights[i] > 0f) AddNeighbours(sums, rows[i], weights[i] / all);
        }

        sums.IsComplete = true;
        return sums;
    }

    private void AddNeighbours(RowScores sums, int row, float weight)
    {
        var neighbours = _neighbours.Of(row, out var scores);
        if (_options.EqualVotes)
        {
            float list = 0f;
            foreach (float score in scores) list += score;
            if (!(list > 0f)) return;
            weight /= list;
        }

        for (int i = 0; i < neighbours.Length; i++) sums.Add(neighbours[i], weight * scores[i]);
    }
}
