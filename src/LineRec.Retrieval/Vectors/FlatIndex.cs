using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LineRec.Retrieval;

/// <summary>
/// Exact search by brute force: every vector is scored against the query in one pass over the matrix, which may be a file mapped into
/// memory and isn't copied. Nothing is built.
/// </summary>
/// <remarks>
/// Thread-safe; the matrix must outlive the index. O(count × dimension), bound by memory bandwidth; no allocation. The bits of a score are
/// the same on every machine (16 partial sums by fused multiply-add, folded in halves). A NaN score comes last. From vectors in the cache it
/// takes less than half the time of a <c>TensorPrimitives.Dot</c> a row, from memory as much as the memory takes; rows that start at
/// multiples of 64 bytes (as those of a mapped file with a multiple of 16 columns do) are twice as fast as others in the cache.
/// </remarks>
public sealed unsafe class FlatIndex : IVectorIndex
{
    private readonly NpyMatrix<float> _vectors;
    private readonly VectorScorer _scorer;
    private readonly int _safeRows;

    /// <summary>Creates an index over a matrix. O(1); for the cosine one pass over the vectors.</summary>
    /// <param name="vectors">Vectors [items, dimension]; row i belongs to catalog row i.</param>
    /// <param name="metric">What a score is.</param>
    public FlatIndex(NpyMatrix<float> vectors, VectorMetric metric = VectorMetric.InnerProduct)
    {
        (_vectors, _scorer) = (vectors, new VectorScorer(vectors, metric));
        _safeRows = DotProduct.SafeRows(vectors);
    }

    /// <inheritdoc/>
    public int Count => _vectors.Rows;

    /// <inheritdoc/>
    public int Dimension => _vectors.Columns;

    /// <inheritdoc/>
    public VectorMetric Metric => _scorer.Metric;

    /// <inheritdoc/>
    public bool IsExact => true;

    /// <inheritdoc/>
    public int Search(ReadOnlySpan<float> query, Span<int> rows, Span<float> scores, RowSet? eligible = null)
    {
        if (query.Length != Dimension) throw new ArgumentException($"The query has {query.Length} values; the index's vectors have {Dimension}.", nameof(query));
        if (rows.Length != scores.Length) throw new ArgumentException($"Room for {rows.Length} rows came with room for {scores.Length} scores.", nameof(scores));
        int k = Math.Min(rows.Length, Math.Min(Count, eligible?.Count ?? Count));
        if (k == 0) return 0;
        using var padded = new PaddedQuery(query);
        var best = new TopRows(k);
        try
        {
            fixed (float* values = padded.Values)
            {
                if (eligible is not null) ScanEligible(values, eligible, ref best);
                else if (Metric == VectorMetric.InnerProduct) Scan(values, ref best);
                else ScanRows(0, values, ref best);
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
        using var padded = new PaddedQuery(query);
        fixed (float* values = padded.Values)
        {
            float factor = _scorer.QueryFactor(values);
            for (int i = 0; i < rows.Length; i++) scores[i] = _scorer.Score(rows[i], values, factor);
        }
    }

    /// <summary>Optimised from the first call on, since the loop is the whole work of the first requests.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Scan(float* query, ref TopRows best)
    {
        int dimension = Dimension, row = 0, safeRows = _safeRows;
        nint tile = 4 * (nint)dimension;
        var threshold = Vector128.Create(best.Threshold);
        fixed (float* vectors = _vectors[0])
        {
            for (float* at = vectors; row <= safeRows - 4; row += 4, at += tile)
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
        }

        ScanRows(row, query, ref best);
    }

    private void ScanRows(int first, float* query, ref TopRows best)
    {
        float factor = _scorer.QueryFactor(query);
        for (int row = first; row < Count; row++) Take(row, _scorer.Score(row, query, factor), ref best);
    }

    private void ScanEligible(float* query, RowSet eligible, ref TopRows best)
    {
        float factor = _scorer.QueryFactor(query);
        var words = eligible.Words;
        for (int w = 0; w < words.Length; w++)
        {
            for (ulong word = words[w]; word != 0; word &= word - 1)
            {
                int row = (w << 6) + BitOperations.TrailingZeroCount(word);
                if (row >= Count) return;
                Take(row, _scorer.Score(row, query, factor), ref best);
            }
        }
    }

    private static void Take(int row, float score, ref TopRows best)
    {
        if (!(score <= best.Threshold)) best.Add(score, row);
    }
}
