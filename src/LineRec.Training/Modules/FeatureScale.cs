using System.Text.Json.Serialization;

namespace LineRec.Training;

/// <summary>The mean and the standard deviation of each column of a feature matrix, NaN left out.</summary>
/// <param name="Means">Finite; 0 for a column without a finite value.</param>
/// <param name="Deviations">Over 0; <see cref="Constant"/> for a column that doesn't vary.</param>
internal sealed record FeatureScale(float[] Means, float[] Deviations)
{
    /// <summary>The deviation of a column that doesn't vary: nothing can be learnt from it, so whatever it holds later counts as its mean.</summary>
    public const float Constant = float.MaxValue;

    /// <summary>Each column's lowest value, for what must not go beyond what was seen; its mean for a column without a finite value. Empty where the scale was read from a file.</summary>
    [JsonIgnore]
    public float[] Lowest { get; private init; } = [];

    /// <summary>Each column's highest value, as <see cref="Lowest"/>.</summary>
    [JsonIgnore]
    public float[] Highest { get; private init; } = [];

    /// <summary>Fits the columns of a matrix [n, width]. O(n × width).</summary>
    /// <param name="matrix">The values, row after row.</param>
    /// <param name="width">Values a row.</param>
    /// <param name="what">What the matrix is, for the message.</param>
    /// <exception cref="ArgumentException">A value is infinite.</exception>
    public static FeatureScale Fit(ReadOnlySpan<float> matrix, int width, string what)
    {
        var (count, mean, squares) = (new long[width], new double[width], new double[width]);
        var (lowest, highest) = (new float[width], new float[width]);
        lowest.AsSpan().Fill(float.PositiveInfinity);
        highest.AsSpan().Fill(float.NegativeInfinity);
        for (int at = 0; at < matrix.Length; at++)
        {
            float value = matrix[at];
            if (float.IsNaN(value)) continue;
            int column = at % width;
            if (float.IsInfinity(value)) throw new ArgumentException($"Row {at / width} of the {what} has an infinite value in column {column}; features must be finite (NaN counts as missing).");
            (lowest[column], highest[column]) = (Math.Min(lowest[column], value), Math.Max(highest[column], value));
            double difference = value - mean[column]; // Welford's update
            mean[column] += difference / ++count[column];
            squares[column] += difference * (value - mean[column]);
        }

        var scale = new FeatureScale(new float[width], new float[width]) { Lowest = lowest, Highest = highest };
        for (int column = 0; column < width; column++)
        {
            double deviation = count[column] > 1 ? Math.Sqrt(squares[column] / count[column]) : 0;
            scale.Means[column] = (float)mean[column];
            if (count[column] == 0) lowest[column] = highest[column] = scale.Means[column];
            scale.Deviations[column] = deviation > 1e-6 * Math.Max(1e-6, Math.Abs(mean[column])) ? (float)deviation : Constant;
        }

        return scale;
    }
}
