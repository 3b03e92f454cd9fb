using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LineRec.Retrieval;

/// <summary>
/// The score of a matrix row under a metric, with one summation order on every machine: what every index here answers with, so that two
/// exact indexes give the same bits.
/// </summary>
/// <remarks>Thread-safe. Cosine keeps one inverse length a row (4 bytes).</remarks>
internal sealed unsafe class VectorScorer
{
    private readonly NpyMatrix<float> _vectors;
    private readonly int _safeRows;
    private readonly float[]? _inverseLengths;

    public VectorScorer(NpyMatrix<float> vectors, VectorMetric metric)
    {
        if (!Enum.IsDefined(metric)) throw new ArgumentOutOfRangeException(nameof(metric), metric, "There is no such metric.");
        (_vectors, Metric, _safeRows) = (vectors, metric, DotProduct.SafeRows(vectors));
        if (metric != VectorMetric.Cosine) return;
        _inverseLengths = new float[vectors.Rows];
        for (int row = 0; row < vectors.Rows; row++)
        {
            using var padded = new PaddedQuery(vectors[row]);
            fixed (float* values = padded.Values) _inverseLengths[row] = InverseLength(values, vectors.Columns);
        }
    }

    public VectorMetric Metric { get; }

    /// <summary>What a query's scores are multiplied by: its inverse length for the cosine, else 1.</summary>
    /// <param name="query">A padded query.</param>
    public float QueryFactor(float* query) => Metric == VectorMetric.Cosine ? InverseLength(query, _vectors.Columns) : 1f;

    /// <summary>The score of a row. Reads nothing outside of the matrix.</summary>
    /// <param name="row">The row.</param>
    /// <param name="query">A padded query.</param>
    /// <param name="factor">Its <see cref="QueryFactor"/>.</param>
    public float Score(int row, float* query, float factor)
    {
        fixed (float* values = _vectors[row])
        {
            if (row < _safeRows) return ScoreAt(values, row, query, factor);
            using var copy = new PaddedQuery(_vectors[row]);
            fixed (float* padded = copy.Values) return ScoreAt(padded, row, query, factor);
        }
    }

    /// <summary>Scores rows that lie anywhere, their vectors fetched ahead, and takes the best.</summary>
    /// <param name="rows">The rows, ascending over all calls with the same <paramref name="best"/>.</param>
    /// <param name="query">A padded query.</param>
    /// <param name="factor">Its <see cref="QueryFactor"/>.</param>
    /// <param name="best">Receives them.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Take(ReadOnlySpan<int> rows, float* query, float factor, ref TopRows best)
    {
        if (rows.IsEmpty) return;
        nint dimension = _vectors.Columns;
        fixed (float* vectors = _vectors[0])
        {
            for (int i = 0; i < rows.Length; i++)
            {
                int row = rows[i];
                DotProduct.Prefetch(vectors + (rows[Math.Min(i + RowSetReader.Ahead, rows.Length - 1)] * dimension), (int)dimension);
                float score = row < _safeRows ? ScoreAt(vectors + (row * dimension), row, query, factor) : Score(row, query, factor);
                if (!(score <= best.Threshold)) best.Add(score, row);
            }
        }
    }

    /// <summary>The scores of four rows that lie one after the other, with room behind them for whole vectors.</summary>
    /// <param name="values">The first of them.</param>
    /// <param name="row">Its number.</param>
    /// <param name="query">A padded query.</param>
    /// <param name="factor">Its <see cref="QueryFactor"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> ScoreFour(float* values, int row, float* query, float factor) => Metric switch
    {
        VectorMetric.InnerProduct => DotProduct.FourRows(values, query, _vectors.Columns),
        VectorMetric.Cosine => DotProduct.FourRows(values, query, _vectors.Columns) * Vector128.Create(_inverseLengths!, row) * factor,
        _ => -SquaredDistance.FourRows(values, query, _vectors.Columns),
    };

    /// <summary>The scores of four rows as for <see cref="ScoreFour"/> and four padded queries; that of row r and query q at place 4 q + r.</summary>
    /// <param name="values">The first row.</param>
    /// <param name="row">Its number.</param>
    /// <param name="queries">The first query; the others follow.</param>
    /// <param name="factors">Each query's <see cref="QueryFactor"/>, four times.</param>
    public Vector512<float> ScoreTile(float* values, int row, float* queries, float* factors)
    {
        int dimension = _vectors.Columns;
        nint stride = DotProduct.PaddedLength(dimension);
        return Metric switch
        {
            VectorMetric.InnerProduct => Tile.Sum<Tile.Product>(values, queries, stride, dimension),
            VectorMetric.Cosine => Tile.Sum<Tile.Product>(values, queries, stride, dimension) * Four(Vector128.Create(_inverseLengths!, row)) * Vector512.Load(factors),
            _ => -Tile.Sum<Tile.SquaredDifference>(values, queries, stride, dimension),
        };

        static Vector512<float> Four(Vector128<float> v) => Vector512.Create(Vector256.Create(v, v), Vector256.Create(v, v));
    }

    /// <summary>A vector's score where it lies in memory with room behind it for whole vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Score(VectorMetric metric, float* vector, float* query, int dimension, float inverseLength, float factor) => metric switch
    {
        VectorMetric.InnerProduct => DotProduct.OneRow(vector, query, dimension),
        VectorMetric.Cosine => DotProduct.OneRow(vector, query, dimension) * inverseLength * factor,
        _ => -SquaredDistance.OneRow(vector, query, dimension),
    };

    /// <summary>One over a padded vector's length; infinite for a length of 0, whose scores become NaN.</summary>
    public static float InverseLength(float* vector, int dimension) => 1f / MathF.Sqrt(DotProduct.OneRow(vector, vector, dimension));

    /// <summary>The score of a row where it lies in memory with room behind it for whole vectors.</summary>
    /// <param name="values">The row.</param>
    /// <param name="row">Its number.</param>
    /// <param name="query">A padded query.</param>
    /// <param name="factor">Its <see cref="QueryFactor"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float ScoreAt(float* values, int row, float* query, float factor) =>
        Score(Metric, values, query, _vectors.Columns, _inverseLengths is null ? 1f : _inverseLengths[row], factor);
}
