using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LineRec.Retrieval;

/// <summary>
/// Exact search for many queries at once, in two steps. First whole numbers, made of rows and queries as they come, tell which pairs could
/// beat a query's k-th score; their rounding is bounded by the lengths of what it took (Cauchy and Schwarz), so that no pair is lost. Then
/// those pairs, one in hundreds, are scored as every index scores. Nothing is stored: rows are coded again for each group of queries.
/// </summary>
/// <remarks>
/// For rows x and queries q with codes x̂ = s x - e and q̂ = t q - f: | s t x·q - x̂·q̂ | ≤ |t q| |e| + |f| |x̂|, to which single precision adds
/// little. Not thread-safe; for one batch. Its methods are optimised from the first call on, since one batch is the whole work of many a process.
/// </remarks>
internal sealed unsafe class Sieve : IDisposable
{
    /// <summary>Fewer queries don't repay that rows are coded for them.</summary>
    public const int LeastQueries = 32;

    /// <summary>Rows that are coded together: their codes and a block of queries stay in the first-level cache.</summary>
    private const int TileRows = 128;

    /// <summary>From one pair in so many on, scoring those that pass takes longer than the sieve saves.</summary>
    private const int WorthwhileShare = 6;

    /// <summary>Bound of the relative error of an inner product of at most 256 dimensions in single precision, and of the bars; they have some 25 roundings of 2⁻²⁴.</summary>
    private const float Rounding = 1f / (1 << 18);

    /// <summary>Bound of the error of a bar near the sums, at most 2¹⁵.</summary>
    private const float BarError = 0.25f;

    private readonly VectorScorer _scorer;
    private readonly int _dimension;
    private readonly nint _length;
    private readonly int _steps;
    private readonly float* _queries;
    private readonly SieveCodes[] _queryCodes;
    private readonly float[] _factors;
    private readonly float* _blocks;
    private readonly byte* _rowCodes;

    /// <summary>Codes queries.</summary>
    /// <param name="scorer">What scores the pairs that pass.</param>
    /// <param name="queries">Padded queries, which must stay where they are.</param>
    /// <param name="count">How many.</param>
    /// <param name="dimension">Values of a vector.</param>
    /// <param name="k">Rows wanted.</param>
    public Sieve(VectorScorer scorer, float* queries, int count, int dimension, int k)
    {
        WorthwhileFrom = (long)WorthwhileShare * k;
        (_scorer, _dimension, _length, _steps) = (scorer, dimension, DotProduct.PaddedLength(dimension), (dimension + SieveKernel.Step - 1) / SieveKernel.Step);
        _queries = queries;
        (_queryCodes, _factors) = (new SieveCodes[count], new float[count]);
        int blocks = (count + SieveKernel.Queries - 1) / SieveKernel.Queries;
        nuint bytes = (nuint)(blocks * BlockLength * sizeof(float));
        _blocks = (float*)NativeMemory.AlignedAlloc(bytes, 64);
        NativeMemory.Clear(_blocks, bytes);
        _rowCodes = (byte*)NativeMemory.AlignedAlloc((nuint)(TileRows * _length), 64);
        for (int q = 0; q < count; q++) CodeQuery(q);
    }

    private int BlockLength => SieveKernel.Length(_steps);

    /// <summary>Whether there is a sieve for a number of queries of a number of dimensions here.</summary>
    public static bool Serves(int queries, int dimension) => SieveKernel.IsSupported && queries >= LeastQueries && dimension <= SieveCodes.MostDimensions;

    /// <summary>The row from which on so few pairs are expected to pass that it is faster than to score all.</summary>
    public long WorthwhileFrom { get; private set; }

    /// <summary>Takes the best of fours of rows; returns the first row that is left.</summary>
    /// <param name="vectors">The first row.</param>
    /// <param name="first">Its number.</param>
    /// <param name="end">The number after the last.</param>
    /// <param name="best">A query's best each.</param>
    public int Scan(float* vectors, int first, int end, TopRows[] best)
    {
        for (int q = 0; q < best.Length; q++) SetBar(q, best[q].Threshold);
        int row = first;
        long passed = 0;
        while (end - row >= SieveKernel.Rows)
        {
            int count = Math.Min(TileRows, end - row) / SieveKernel.Rows * SieveKernel.Rows;
            passed += ScanTile(vectors, row, count, best);
            row += count;
            vectors += count * (nint)_dimension;
        }

        if (passed * WorthwhileShare > (long)(row - first) * best.Length) WorthwhileFrom = row * 3L / 2;
        return row;
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(_blocks);
        NativeMemory.AlignedFree(_rowCodes);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int ScanTile(float* vectors, int first, int count, TopRows[] best)
    {
        var scales = stackalloc (float Bar, float Share)[TileRows];
        float rest = 0, length = 0;
        for (int r = 0; r < count; r++)
        {
            var codes = SieveCodes.Row(vectors + (r * (nint)_dimension), _dimension, _rowCodes + (r * _length));
            scales[r] = RowScales(codes);
            if (float.IsNaN(codes.Scale)) continue;
            (rest, length) = (MathF.Max(rest, codes.Rest), MathF.Max(length, codes.ScaledLength));
        }

        SetMargins(rest, length);
        int passed = 0;
        ulong* masks = stackalloc ulong[SieveKernel.Rows];
        var pairs = stackalloc (int Row, int Query)[SieveKernel.Rows * SieveKernel.Queries];
        for (int begin = 0; begin < best.Length; begin += SieveKernel.Queries)
        {
            float* block = _blocks + (begin / SieveKernel.Queries * BlockLength);
            ulong filled = ulong.MaxValue >> (64 - Math.Min(SieveKernel.Queries, best.Length - begin));
            for (int r = 0; r < count; r += SieveKernel.Rows)
            {
                if (SieveKernel.Pass(_rowCodes + (r * _length), _length, scales + r, block, _steps, masks) == 0) continue;
                int found = 0;
                for (int i = 0; i < SieveKernel.Rows; i++)
                {
                    for (ulong mask = masks[i] & filled; mask != 0; mask &= mask - 1) pairs[found++] = (r + i, begin + BitOperations.TrailingZeroCount(mask));
                }

                Take(vectors, first, pairs, found, best);
                passed += found;
            }
        }

        return passed;
    }

    /// <summary>Scores the pairs that passed. No branch on a score, which couldn't be guessed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Take(float* vectors, int first, (int Row, int Query)* pairs, int count, TopRows[] best)
    {
        for (int i = 0; i < count; i++)
        {
            var (row, q) = pairs[i];
            float score = _scorer.ScoreAt(vectors + (row * (nint)_dimension), first + row, _queries + (q * _length), _factors[q]);
            if (best[q].AddBetter(score, first + row)) SetBar(q, best[q].Threshold);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CodeQuery(int q)
    {
        float* query = _queries + (q * _length), block = Place(q);
        byte* codes = stackalloc byte[SieveCodes.MostDimensions];
        _queryCodes[q] = SieveCodes.Query(query, _dimension, codes);
        _factors[q] = _scorer.QueryFactor(query);
        int place = q % SieveKernel.Queries;
        var own = (sbyte*)(block + SieveKernel.Codes) + (SieveKernel.Step * place);
        int first = 0, second = 0; // of each four dimensions, the first two and the last two have sums of their own
        for (int i = 0; i < _steps * SieveKernel.Step; i++)
        {
            sbyte code = (sbyte)codes[i];
            own[(i / SieveKernel.Step * SieveKernel.Step * SieveKernel.Queries) + (i % SieveKernel.Step)] = code;
            if (i % SieveKernel.Step < 2) first += code;
            else second += code;
        }

        var starts = (short*)(block + SieveKernel.Starts) + (2 * place);
        unchecked
        {
            starts[0] = (short)(-SieveCodes.RowOffset * first);
            starts[1] = (short)(-SieveCodes.RowOffset * second);
        }

        block[SieveKernel.Shares + place] = _queryCodes[q].Scale;
    }

    private float* Place(int q) => _blocks + (q / SieveKernel.Queries * BlockLength);

    /// <summary>What a sum must exceed, in codes, per unit of a row's first scale: the score's inverse. Rounded down.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SetBar(int q, float threshold)
    {
        var codes = _queryCodes[q];
        Place(q)[SieveKernel.Bars + (q % SieveKernel.Queries)] = _scorer.Metric switch
        {
            VectorMetric.InnerProduct => threshold * codes.Scale,
            VectorMetric.Cosine => threshold * codes.ScaledLength,
            _ => ((codes.Length * codes.Length * (1 - Rounding)) + (threshold * (1 + Rounding))) / 2 * codes.Scale, // |q - x|² < -threshold: q·x > (|q|² + |x|² + threshold) / 2
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private (float Bar, float Share) RowScales(SieveCodes codes) => _scorer.Metric switch
    {
        VectorMetric.InnerProduct => (codes.Scale, 0f),
        VectorMetric.Cosine => (codes.ScaledLength, 0f),
        _ => (codes.Scale, codes.Length * codes.Length * (1 - Rounding) / 2 * codes.Scale),
    };

    /// <summary>What rounding may have taken from a query's sums with rows that aren't longer than given, nor lost more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SetMargins(float rowRest, float rowLength)
    {
        for (int q = 0; q < _queryCodes.Length; q++)
        {
            var query = _queryCodes[q];
            float margin = (query.ScaledLength * (rowRest + (Rounding * rowLength))) + (query.Rest * (rowLength + rowRest)) + (query.Length == 0 ? 0 : BarError);
            Place(q)[SieveKernel.Margins + (q % SieveKernel.Queries)] = -margin;
        }
    }
}
