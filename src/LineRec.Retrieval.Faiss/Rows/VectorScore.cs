using System.Numerics.Tensors;

namespace LineRec.Retrieval.Faiss.Rows;

/// <summary>A score outside of FAISS.</summary>
internal static class VectorScore
{
    /// <summary>The score of a vector. For the cosine both are normalised already.</summary>
    public static float Of(ReadOnlySpan<float> query, ReadOnlySpan<float> vector, VectorMetric metric)
    {
        if (metric != VectorMetric.L2) return TensorPrimitives.Dot(query, vector);
        float sum = 0;
        for (int d = 0; d < query.Length; d++)
        {
            float difference = query[d] - vector[d];
            sum += difference * difference;
        }

        return 0f - sum;
    }

    /// <summary>A score from FAISS's distance: the inner product itself, or the negative squared distance.</summary>
    public static float FromDistance(float distance, VectorMetric metric) => metric == VectorMetric.L2 ? 0f - distance : distance;

    /// <summary>A vector's Euclidean length. In double precision no square of a float overflows or vanishes.</summary>
    public static double Length(ReadOnlySpan<float> vector)
    {
        double sum = 0;
        foreach (float value in vector) sum += (double)value * value;
        return Math.Sqrt(sum);
    }

    /// <summary>Writes vectors of length 1.</summary>
    /// <param name="vectors">Vectors one after the other, none of length 0.</param>
    /// <param name="dimension">Values a vector.</param>
    /// <param name="normalised">Receives them; may be the same span.</param>
    public static void Normalise(ReadOnlySpan<float> vectors, int dimension, Span<float> normalised)
    {
        for (int start = 0; start < vectors.Length; start += dimension)
        {
            double length = Length(vectors.Slice(start, dimension));
            for (int i = start; i < start + dimension; i++) normalised[i] = (float)(vectors[i] / length);
        }
    }
}
