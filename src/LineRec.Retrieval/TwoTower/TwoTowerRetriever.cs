using System.Buffers;

namespace LineRec.Retrieval;

/// <summary>
/// Retrieves the items whose vectors have the greatest inner product with the user's. A user about whom the encoder has nothing to say
/// gets no candidates; an item whose score is NaN isn't proposed.
/// </summary>
/// <remarks>Thread-safe. No allocation; the user vector is computed once a request, whoever else asks for it.</remarks>
public sealed class TwoTowerRetriever : IRetriever, ICandidateScorer
{
    private readonly IUserEncoder _encoder;
    private readonly IVectorIndex _index;
    private readonly NpyMatrix<float> _items;

    /// <summary>Creates the retriever. O(1).</summary>
    /// <param name="encoder">Turns a request into the query vector.</param>
    /// <param name="index">Finds item vectors.</param>
    /// <param name="items">The item vectors [items, dimension] themselves, for scoring given items.</param>
    /// <exception cref="ArgumentException">Dimensions or counts differ.</exception>
    public TwoTowerRetriever(IUserEncoder encoder, IVectorIndex index, NpyMatrix<float> items)
    {
        if (encoder.Dimension != items.Columns)
            throw new ArgumentException($"The user encoder makes vectors of {encoder.Dimension} values, the item vectors have {items.Columns}: they come from different models.", nameof(encoder));
        if (index.Dimension != items.Columns || index.Count != items.Rows)
            throw new ArgumentException($"The index holds {index.Count} vectors of {index.Dimension} values, the matrix {items.Rows} of {items.Columns}. Build the index from these item vectors.", nameof(index));
        (_encoder, _index, _items) = (encoder, index, items);
    }

    /// <inheritdoc/>
    public ValueTask RetrieveAsync(RequestContext context, CandidateSink candidates, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled(cancellationToken);
        var query = context.GetUserVector(_encoder);
        if (query.IsEmpty) return ValueTask.CompletedTask;
        int k = Math.Min(candidates.Limit, _index.Count);
        int[] rows = ArrayPool<int>.Shared.Rent(k);
        float[] scores = ArrayPool<float>.Shared.Rent(k);
        int found = _index.Search(query, rows.AsSpan(0, k), scores.AsSpan(0, k));
        while (found > 0 && float.IsNaN(scores[found - 1])) found--; // NaN comes last
        candidates.Add(rows.AsSpan(0, found), scores.AsSpan(0, found));
        ArrayPool<int>.Shared.Return(rows);
        ArrayPool<float>.Shared.Return(scores);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public void Score(RequestContext context, ReadOnlySpan<int> rows, Span<float> scores)
    {
        var query = context.GetUserVector(_encoder);
        if (query.IsEmpty) scores.Fill(float.NaN);
        else DotProduct.Score(_items, query, rows, scores);
    }
}
