using System.Runtime.Intrinsics;

namespace LineRec.Retrieval;

/// <summary>The squared Euclidean distance of a row and a query, summed in the order of <see cref="DotProduct"/>: 16 partial sums by fused multiply-add, folded in halves.</summary>
/// <remarks>The query is padded with zeros to a multiple of 16, and so is what is read of the row.</remarks>
internal static unsafe class SquaredDistance
{
    /// <summary>What <see cref="OneRow"/> must compute, bit by bit, written plainly.</summary>
    internal static float Reference(ReadOnlySpan<float> row, ReadOnlySpan<float> query)
    {
        Span<float> lanes = stackalloc float[DotProduct.Lanes];
        lanes.Clear();
        for (int i = 0; i < row.Length; i++)
        {
            float difference = query[i] - row[i];
            lanes[i % DotProduct.Lanes] = MathF.FusedMultiplyAdd(difference, difference, lanes[i % DotProduct.Lanes]);
        }

        for (int width = DotProduct.Lanes / 2; width > 0; width /= 2)
        {
            for (int l = 0; l < width; l++) lanes[l] += lanes[l + width];
        }

        return lanes[0];
    }

    /// <summary>The distance of one row, of which as many values as the padded query has may be read; what lies after the dimension is ignored.</summary>
    public static float OneRow(float* row, float* query, int dimension)
    {
        Vector256<float> low = default, high = default;
        int i = 0;
        for (; i <= dimension - DotProduct.Lanes; i += DotProduct.Lanes) Step(Vector256.Load(row + i), Vector256.Load(row + i + 8), query + i, ref low, ref high);
        if (i < dimension)
        {
            var (m0, m1) = DotProduct.Mask256(dimension - i);
            Step(Vector256.Load(row + i) & m0, Vector256.Load(row + i + 8) & m1, query + i, ref low, ref high);
        }

        var half = low + high;
        var quarter = half.GetLower() + half.GetUpper();
        return (quarter[0] + quarter[2]) + (quarter[1] + quarter[3]);
    }

    private static void Step(Vector256<float> x, Vector256<float> y, float* query, ref Vector256<float> low, ref Vector256<float> high)
    {
        var (a, b) = (Vector256.Load(query) - x, Vector256.Load(query + 8) - y);
        low = Vector256.FusedMultiplyAdd(a, a, low);
        high = Vector256.FusedMultiplyAdd(b, b, high);
    }
}
