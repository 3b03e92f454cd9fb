using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LineRec.Retrieval;

/// <summary>
/// Exact search by inner product: every vector is scored against the query in one pass over the matrix, which may be a file mapped into
/// memory and isn't copied.
/// </summary>
/// <remarks>
/// Thread-safe; the matrix must outlive the index. O(count × dimension), bound by memory bandwidth; no allocation. The bits of a score are
/// the same on every machine (16 partial sums by fused multiply-add, folded in halves). A NaN score comes last. From vectors in the cache it
/// takes less than half the time of a <c>TensorPrimitives.Dot</c> a row, from memory as much as the memory takes; rows that start at
/// multiples of 64 bytes (as those of a mapped file with a multiple of 16 columns do) are twice as fast as others in the cache.
/// </remarks>
public sealed unsafe class ExactIndex : IVectorIndex
{
    private readonly NpyMatrix<float> _vectors;
    private readonly int _safeRows;

    /// <summary>Creates an index over a matrix. O(1).</summary>
    /// <param name="vectors">Vectors [items, dimension]; row i belongs to catalog row i.</param>
    public ExactIndex(NpyMatrix<float> vectors)
    {
        _vectors = vectors;
        _safeRows = DotProduct.SafeRows(vectors);
    }

    /// <inheritdoc/>
    public int Count => _vectors.Rows;

    /// <inheritdoc/>
    public int Dimension => _vectors.Columns;

    /// <inheritdoc/>
    public bool IsExact => true;

    /// <inheritdoc/>
    public int Search(ReadOnlySpan<float> query, Span<int> rows, Span<float> scores)
    {
        if (query.Length != Dimension) throw new ArgumentException($"The query has {query.Length} values; the index's vectors have {Dimension}.", nameof(query));
        if (rows.Length != scores.Length) throw new ArgumentException($"Room for {rows.Length} rows came with room for {scores.Length} scores.", nameof(scores));
        int k = Math.Min(rows.Length, Count);
        if (k == 0) return 0;
        using var padded = new PaddedQuery(query);
        var best = new TopRows(k);
        try
        {
            fixed (float* values = padded.Values)
            fixed (float* vectors = _vectors[0])
            {
                Scan(vectors, values, ref best);
            }

            return best.Complete(rows, scores);
        }
        finally
        {
            best.Dispose();
        }
    }

    /// <summary>Scores given rows, with the bits that <see cref="Search"/> gives them. No allocation.</summary>
    /// <param name="query">The query vector, of <see cref="Dimension"/> values.</param>
    /// <param name="rows">Rows, 0 to <see cref="Count"/> - 1.</param>
    /// <param name="scores">Receives a score a row.</param>
    /// <exception cref="ArgumentException">A length doesn't fit.</exception>
    public void Score(ReadOnlySpan<float> query, ReadOnlySpan<int> rows, Span<float> scores)
    {
        if (query.Length != Dimension) throw new ArgumentException($"The query has {query.Length} values; the index's vectors have {Dimension}.", nameof(query));
        if (rows.Length != scores.Length) throw new ArgumentException($"{rows.Length} rows came with room for {scores.Length} scores.", nameof(scores));
        DotProduct.Score(_vectors, query, rows, scores);
    }

    /// <summary>Optimised from the first call on, since the loop is the whole work of the first requests.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Scan(float* vectors, float* query, ref TopRows best)
    {
        int dimension = Dimension, row = 0, safeRows = _safeRows;
        float* at = vectors;
        nint tile = 4 * (nint)dimension;
        var threshold = Vector128.Create(best.Threshold);
        for (; row <= safeRows - 4; row += 4, at += tile)
        {
            var scores = DotProduct.FourRows(at, query, dimension);

            // Not "greater": while the threshold is NaN, every score counts.
            uint mask = ~Vector128.LessThanOrEqual(scores, threshold).ExtractMostSignificantBits() & 0xF;
            if (mask == 0) continue;
            for (; mask != 0; mask &= mask - 1)
            {
                int lane = BitOperations.TrailingZeroCount(mask);
                best.Add(scores[lane], row + lane);
            }

            threshold = Vector128.Create(best.Threshold);
        }

        for (; row < Count; row++)
        {
            float score = DotProduct.ScoreRow(_vectors, row, query);
            if (!(score <= best.Threshold)) best.Add(score, row);
        }
    }
}
