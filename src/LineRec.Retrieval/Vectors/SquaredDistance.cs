using System.Runtime.CompilerServices;
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
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float OneRow(float* row, float* query, int dimension) =>
        DotProduct.Fold(DotProduct.Halve(Vector512.IsHardwareAccelerated ? DotProduct.Halve(Sum512(row, query, dimension)) : Sum256(row, query, dimension)));

    /// <summary>The distances of four rows, one after the other in memory.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector128<float> FourRows(float* rows, float* query, int dimension)
    {
        nint next = dimension;
        if (Vector512.IsHardwareAccelerated)
        {
            return DotProduct.Fold(
                DotProduct.Halve(DotProduct.Halve(Sum512(rows, query, dimension))),
                DotProduct.Halve(DotProduct.Halve(Sum512(rows + next, query, dimension))),
                DotProduct.Halve(DotProduct.Halve(Sum512(rows + (2 * next), query, dimension))),
                DotProduct.Halve(DotProduct.Halve(Sum512(rows + (3 * next), query, dimension))));
        }

        return Tile.FourRows256<Tile.SquaredDifference>(rows, query, dimension);
    }

    /// <summary>The 16 partial sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Sum512(float* row, float* query, int dimension)
    {
        Vector512<float> sum = default;
        int i = 0;
        for (; i <= dimension - DotProduct.Lanes; i += DotProduct.Lanes)
        {
            var difference = Vector512.Load(query + i) - Vector512.Load(row + i);
            sum = Vector512.FusedMultiplyAdd(difference, difference, sum);
        }

        if (i == dimension) return sum;
        var last = Vector512.Load(query + i) - (Vector512.Load(row + i) & DotProduct.Mask512(dimension - i));
        return Vector512.FusedMultiplyAdd(last, last, sum);
    }

    /// <summary>The 16 partial sums in two halves, folded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Sum256(float* row, float* query, int dimension)
    {
        Vector256<float> low = default, high = default;
        int i = 0;
        for (; i <= dimension - DotProduct.Lanes; i += DotProduct.Lanes) Step(Vector256.Load(row + i), Vector256.Load(row + i + 8), query + i, ref low, ref high);
        if (i == dimension) return low + high;
        var (m0, m1) = DotProduct.Mask256(dimension - i);
        Step(Vector256.Load(row + i) & m0, Vector256.Load(row + i + 8) & m1, query + i, ref low, ref high);
        return low + high;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step(Vector256<float> x, Vector256<float> y, float* query, ref Vector256<float> low, ref Vector256<float> high)
    {
        var (a, b) = (Vector256.Load(query) - x, Vector256.Load(query + 8) - y);
        low = Vector256.FusedMultiplyAdd(a, a, low);
        high = Vector256.FusedMultiplyAdd(b, b, high);
    }
}
