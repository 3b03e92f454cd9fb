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

    /// <summary>A vector's score where it lies in memory with room behind it for whole vectors.</summary>
    public static float Score(VectorMetric metric, float* vector, float* query, int dimension, float inverseLength, float factor) => metric switch
    {
        VectorMetric.InnerProduct => DotProduct.OneRow(vector, query, dimension),
        VectorMetric.Cosine => DotProduct.OneRow(vector, query, dimension) * inverseLength * factor,
        _ => -SquaredDistance.OneRow(vector, query, dimension),
    };

    /// <summary>One over a padded vector's length; infinite for a length of 0, whose scores become NaN.</summary>
    public static float InverseLength(float* vector, int dimension) => 1f / MathF.Sqrt(DotProduct.OneRow(vector, vector, dimension));

    private float ScoreAt(float* values, int row, float* query, float factor) =>
        Score(Metric, values, query, _vectors.Columns, _inverseLengths is null ? 1f : _inverseLengths[row], factor);
}
