using System.Buffers;

namespace LineRec.Retrieval;

/// <summary>
/// Retrieves the items whose vectors are nearest to those of the request's seeds: item-to-item by vectors for one anchor, a basket's
/// neighbourhood for several. The query is the weighted mean of the seeds' vectors, each of length 1 first; the score is the index's. Anchors
/// and the cart are not proposed; a request without seeds gets no candidates.
/// </summary>
/// <remarks>Thread-safe. One search, no allocation beyond the index's; the query is computed once a request.</remarks>
public sealed class SimilarItemsRetriever : IRetriever, ICandidateScorer
{
    private readonly IVectorIndex _index;
    private readonly FlatIndex _scorer;
    private readonly SeedEncoder _encoder;
    private readonly SimilarItemsOptions _options;

    /// <summary>Creates the retriever. O(1); for the cosine one pass over the vectors.</summary>
    /// <param name="index">Finds item vectors.</param>
    /// <param name="items">The item vectors [items, dimension] themselves, for queries and for scoring given items.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of its range, or dimensions or counts differ.</exception>
    public SimilarItemsRetriever(IVectorIndex index, NpyMatrix<float> items, SimilarItemsOptions? options = null)
    {
        (_index, _options) = (index, options ?? new SimilarItemsOptions());
        _options.Validate();
        if (index.Dimension != items.Columns || index.Count != items.Rows)
            throw new ArgumentException($"The index holds {index.Count} vectors of {index.Dimension} values, the matrix {items.Rows} of {items.Columns}. Build the index from these item vectors.", nameof(index));
        _scorer = new FlatIndex(items, index.Metric);
        _encoder = new SeedEncoder(items, _options.Seeds, index.Metric);
    }

    /// <inheritdoc/>
    public ValueTask RetrieveAsync(RequestContext context, CandidateSink candidates, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled(cancellationToken);
        var query = context.GetUserVector(_encoder);
        if (query.IsEmpty) return ValueTask.CompletedTask;
        Span<int> seeds = stackalloc int[_options.Seeds.Capacity];
        Span<float> weights = stackalloc float[_options.Seeds.Capacity];
        int seedCount = _options.Seeds.Select(context, seeds, weights, out int basketCount);
        seeds = seeds[..(_options.ExcludeHistory ? seedCount : basketCount)];
        var anchors = context.Anchors;

        // As many more as may have to be dropped, so that the limit is still reached.
        int k = (int)Math.Min((long)candidates.Limit + seeds.Length + anchors.Length, _index.Count);
        int[] rows = ArrayPool<int>.Shared.Rent(k);
        float[] scores = ArrayPool<float>.Shared.Rent(k);
        int found = _index.Search(query, rows.AsSpan(0, k), scores.AsSpan(0, k));
        for (int i = 0; i < found && !float.IsNaN(scores[i]) && candidates.Count < candidates.Limit; i++) // NaN comes last
        {
            if (!seeds.Contains(rows[i]) && !anchors.Contains(rows[i])) candidates.Add(rows[i], scores[i]);
        }

        ArrayPool<int>.Shared.Return(rows);
        ArrayPool<float>.Shared.Return(scores);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public void Score(RequestContext context, ReadOnlySpan<int> rows, Span<float> scores)
    {
        var query = context.GetUserVector(_encoder);
        if (query.IsEmpty) scores.Fill(float.NaN);
        else _scorer.Score(query, rows, scores);
    }
}
