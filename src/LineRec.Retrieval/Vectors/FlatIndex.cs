using System.Buffers;
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
    /// <summary>Queries that are answered together at most.</summary>
    private const int GroupQueries = 512;

    /// <summary>Bytes that the best rows of queries answered together may take.</summary>
    private const int GroupBytes = 4 * 1024 * 1024;

    /// <summary>Queries that are scored together, tile by tile.</summary>
    private const int TileQueries = 64;

    /// <summary>Bytes of the vectors that all of them are scored against while they are in the cache.</summary>
    private const int TileBytes = 256 * 1024;

    /// <summary>From one row in so many on all rows are scored, and those that would count are looked up: less than to score as many that lie apart.</summary>
    private const int DenseShare = 4;

    /// <summary>Rows of a word of a <see cref="RowSet"/>.</summary>
    private const int WordRows = 64;

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
            fixed (float* values = padded.Values) Scan(values, 0, Count, eligible, ref best);
            return best.Complete(rows, scores);
        }
        finally
        {
            best.Dispose();
        }
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Vectors are read from memory once for up to 512 queries and into registers once for four. From 32 queries of at most 256 dimensions on,
    /// most pairs are ruled out in whole numbers: two to three times as fast, with the same answers.
    /// </remarks>
    public void SearchBatch(ReadOnlySpan<float> queries, int k, Span<int> rows, Span<float> scores, RowSet? eligible = null)
    {
        int count = VectorBatch.Check(queries.Length, Dimension, k, rows.Length, scores.Length);
        rows.Fill(-1);
        scores.Fill(float.NaN);
        int wanted = Math.Min(k, Math.Min(Count, eligible?.Count ?? Count));
        if (wanted == 0) return;
        int group = (int)Math.Clamp(GroupBytes / TopRows.Bytes(wanted), TileQueries, GroupQueries);
        for (int first = 0; first < count; first += group)
        {
            int size = Math.Min(group, count - first);
            SearchGroup(queries.Slice(first * Dimension, size * Dimension), wanted, k, rows.Slice(first * k, size * k), scores.Slice(first * k, size * k), eligible);
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

    private void SearchGroup(ReadOnlySpan<float> queries, int wanted, int k, Span<int> rows, Span<float> scores, RowSet? eligible)
    {
        int size = queries.Length / Dimension, length = DotProduct.PaddedLength(Dimension);
        int tile = Math.Max(1, TileBytes / sizeof(float) / Dimension / WordRows) * WordRows;
        int paddedValues = ((size + Tile.Side - 1) / Tile.Side * Tile.Side) * length;
        float[] padded = ArrayPool<float>.Shared.Rent(paddedValues);
        var best = new TopRows[size];
        for (int i = 0; i < size; i++) best[i] = new TopRows(wanted);
        try
        {
            padded.AsSpan(0, paddedValues).Clear();
            for (int i = 0; i < size; i++) queries.Slice(i * Dimension, Dimension).CopyTo(padded.AsSpan(i * length));

            fixed (float* values = padded)
            {
                using var sieve = eligible is null && Sieve.Serves(size, Dimension) ? new Sieve(_scorer, values, size, Dimension, wanted) : null;
                for (int row = 0; row < Count; row += tile)
                {
                    int end = Math.Min(Count, row + tile);
                    int left = row >= sieve?.WorthwhileFrom ? ScanSieved(sieve, row, end, best) : ScanGroup(values, row, end, eligible, best);
                    for (int i = 0; i < size; i++) ScanRows(values + (i * length), _scorer.QueryFactor(values + (i * length)), left, end, null, ref best[i]);
                }
            }

            for (int i = 0; i < size; i++) best[i].Complete(rows.Slice(i * k, k), scores.Slice(i * k, k));
        }
        finally
        {
            foreach (var own in best) own.Dispose();
            ArrayPool<float>.Shared.Return(padded);
        }
    }

    /// <summary>Scores rows from a first one, a multiple of 64, up to an end, for each query of a group; room for whole tiles of queries follows them. Returns the first row that is left.</summary>
    private int ScanGroup(float* queries, int first, int end, RowSet? eligible, TopRows[] best)
    {
        nint length = DotProduct.PaddedLength(Dimension);
        int left = end;
        if (eligible is null && Tile.IsSupported)
        {
            for (int i = 0; i < best.Length; i += TileQueries) left = ScanTiles(queries + (i * length), first, end, best.AsSpan(i, Math.Min(TileQueries, best.Length - i)));
        }
        else
        {
            for (int i = 0; i < best.Length; i++) Scan(queries + (i * length), first, end, eligible, ref best[i]);
        }

        return left;
    }

    /// <summary>Takes the best of rows from a first one up to an end for each query, most pairs unscored; returns the first row that is left.</summary>
    private int ScanSieved(Sieve sieve, int first, int end, TopRows[] best)
    {
        fixed (float* vectors = _vectors[first]) return sieve.Scan(vectors, first, Math.Min(end, _safeRows), best);
    }

    /// <summary>Scores tiles of four rows and four queries, as far as fours of rows go; returns the first row that is left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int ScanTiles(float* queries, int first, int end, Span<TopRows> best)
    {
        int dimension = Dimension, row = first, last = Math.Min(end, _safeRows) - Tile.Side;
        nint length = DotProduct.PaddedLength(dimension);
        float* factors = stackalloc float[Tile.Side * TileQueries], thresholds = stackalloc float[Tile.Side * TileQueries];
        for (int i = 0; i < best.Length; i++)
        {
            new Span<float>(factors + (Tile.Side * i), Tile.Side).Fill(_scorer.QueryFactor(queries + (i * length)));
            new Span<float>(thresholds + (Tile.Side * i), Tile.Side).Fill(best[i].Threshold);
        }

        fixed (float* vectors = _vectors[first])
        {
            for (float* at = vectors; row <= last; row += Tile.Side, at += Tile.Side * (nint)dimension)
            {
                for (int q = 0; q < best.Length; q += Tile.Side)
                {
                    var scores = _scorer.ScoreTile(at, row, queries + (q * length), factors + (Tile.Side * q));

                    // Not "greater": while a threshold is NaN, every score counts.
                    ulong mask = ~Vector512.LessThanOrEqual(scores, Vector512.Load(thresholds + (Tile.Side * q))).ExtractMostSignificantBits();
                    mask &= (1UL << (Tile.Side * Math.Min(Tile.Side, best.Length - q))) - 1;
                    for (; mask != 0; mask &= mask - 1)
                    {
                        int lane = BitOperations.TrailingZeroCount(mask), query = q + (lane / Tile.Side);
                        best[query].Add(scores[lane], row + (lane % Tile.Side));
                        new Span<float>(thresholds + (Tile.Side * query), Tile.Side).Fill(best[query].Threshold);
                    }
                }
            }
        }

        return row;
    }

    /// <summary>Scores rows from a first one, a multiple of 64, up to an end.</summary>
    private void Scan(float* query, int first, int end, RowSet? eligible, ref TopRows best)
    {
        float factor = _scorer.QueryFactor(query);
        if (eligible is not null && eligible.Count < Count / DenseShare) ScanEligible(query, factor, first, end, eligible, ref best);
        else ScanRows(query, factor, ScanFours(query, factor, first, end, eligible, ref best), end, eligible, ref best);
    }

    /// <summary>Scores four rows at a time, as far as fours go; returns the first row that is left. Optimised from the first call on, since the loop is the whole work of the first requests.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int ScanFours(float* query, float factor, int first, int end, RowSet? eligible, ref TopRows best)
    {
        int dimension = Dimension, row = first, last = Math.Min(end, _safeRows) - 4;
        nint tile = 4 * (nint)dimension;
        var threshold = Vector128.Create(best.Threshold);
        fixed (float* vectors = _vectors[first])
        {
            for (float* at = vectors; row <= last; row += 4, at += tile)
            {
                var scores = _scorer.ScoreFour(at, row, query, factor);

                // Not "greater": while the threshold is NaN, every score counts.
                uint mask = ~Vector128.LessThanOrEqual(scores, threshold).ExtractMostSignificantBits() & 0xF;
                if (mask == 0) continue;
                for (; mask != 0; mask &= mask - 1)
                {
                    int lane = BitOperations.TrailingZeroCount(mask);
                    if (eligible?.Contains(row + lane) ?? true) best.Add(scores[lane], row + lane);
                }

                threshold = Vector128.Create(best.Threshold);
            }
        }

        return row;
    }

    private void ScanRows(float* query, float factor, int first, int end, RowSet? eligible, ref TopRows best)
    {
        for (int row = first; row < end; row++)
        {
            if (eligible?.Contains(row) ?? true) Take(row, _scorer.Score(row, query, factor), ref best);
        }
    }

    /// <summary>Scores eligible rows from a first one, a multiple of 64, up to an end.</summary>
    private void ScanEligible(float* query, float factor, int first, int end, RowSet eligible, ref TopRows best)
    {
        var reader = new RowSetReader(eligible, first, end);
        Span<int> rows = stackalloc int[RowSetReader.Chunk];
        while (reader.Read(rows) is int count and > 0) _scorer.Take(rows[..count], query, factor, ref best);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Take(int row, float score, ref TopRows best)
    {
        if (!(score <= best.Threshold)) best.Add(score, row);
    }
}
