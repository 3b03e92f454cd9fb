using System.Numerics.Tensors;

namespace LineRec.Retrieval;

/// <summary>
/// The space that an index codes, in which every metric is an inner product: vectors as they are; for the cosine divided by their length; for L2 with one
/// more value, -|x|²/2 times a weight that a query divides by, since -|q - x|² = 2 (q · x - |x|²/2) - |q|² (maximum inner product from nearest neighbour: Bachrach et al., RecSys 2014). With a
/// weight that makes it vary as the others do, k-means divides vectors by where they are and not by their length.
/// </summary>
internal readonly struct CodedSpace(VectorMetric metric, int dimension, float weight)
{
    public VectorMetric Metric => metric;

    /// <summary>The given vectors' length.</summary>
    public int Dimension => dimension;

    /// <summary>The coded vectors' length.</summary>
    public int CodedDimension => CodedDimensionOf(metric, dimension);

    /// <summary>What the value that L2 adds is multiplied by.</summary>
    public float Weight => weight;

    public static int CodedDimensionOf(VectorMetric metric, int dimension) => metric == VectorMetric.L2 ? dimension + 1 : dimension;

    /// <summary>Half the squared length that a coded vector, or a mean of such, or a difference has; 0 where the metric has no use for it.</summary>
    public float HalfSquareOf(ReadOnlySpan<float> coded) => metric == VectorMetric.L2 ? -coded[dimension] / weight : 0;

    /// <summary>Codes a vector.</summary>
    /// <returns>Whether all its values are finite and moderate; one that isn't can't be coded, and is scored as it is.</returns>
    public bool CodeVector(ReadOnlySpan<float> vector, Span<float> coded)
    {
        double square = 0;
        foreach (float value in vector) square += (double)value * value;
        if (!(square < 1e24)) return false;
        if (metric == VectorMetric.Cosine)
        {
            if (!(square > 1e-24)) return false;
            TensorPrimitives.Multiply(vector, (float)(1 / Math.Sqrt(square)), coded);
            return true;
        }

        vector.CopyTo(coded);
        if (metric == VectorMetric.L2) coded[dimension] = (float)(-square / 2 * weight);
        return true;
    }

    /// <summary>Codes a query.</summary>
    /// <returns>Whether it can be coded: its values are finite and moderate, and not all 0.</returns>
    public bool CodeQuery(ReadOnlySpan<float> query, Span<float> coded, out double squaredLength)
    {
        squaredLength = 0;
        foreach (float value in query) squaredLength += (double)value * value;
        if (!(squaredLength is > 1e-24 and < 1e24)) return false;
        if (metric == VectorMetric.Cosine) TensorPrimitives.Multiply(query, (float)(1 / Math.Sqrt(squaredLength)), coded);
        else query.CopyTo(coded);
        if (metric == VectorMetric.L2) coded[dimension] = 1f / weight;
        return true;
    }

    /// <summary>The coded inner product that belongs to a score.</summary>
    public double FromScore(float score, double querySquaredLength) => metric == VectorMetric.L2 ? (score + querySquaredLength) / 2 : score;

    /// <summary>How far an inner product computed in single precision may be from the truth, and the computed score from it, together.</summary>
    /// <param name="queryLength">The length of the given query.</param>
    /// <param name="greatestLength">The length of the longest given vector or centroid.</param>
    public double Rounding(double queryLength, double greatestLength)
    {
        double unit = (dimension + 64) * 1.2e-7;
        return metric switch
        {
            VectorMetric.InnerProduct => unit * queryLength * greatestLength,
            VectorMetric.Cosine => unit * 4,
            _ => unit * (queryLength + greatestLength) * (queryLength + greatestLength),
        };
    }
}
