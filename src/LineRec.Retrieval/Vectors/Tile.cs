using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LineRec.Retrieval;

/// <summary>
/// Four rows against four queries at once, each pair summed in the order of <see cref="DotProduct"/>: values are loaded once for four
/// pairs, and 16 chains of additions hide each other's latency. What a batch by brute force spends its time on.
/// </summary>
/// <remarks>Queries are padded with zeros to a multiple of 16; what lies after the last row must be readable up to the same multiple, and doesn't count.</remarks>
internal static unsafe class Tile
{
    /// <summary>Rows, and queries, of a tile.</summary>
    public const int Side = 4;

    /// <summary>What a pair of values adds to a sum.</summary>
    public interface ITerm
    {
        static abstract Vector512<float> Add(Vector512<float> row, Vector512<float> query, Vector512<float> sum);

        static abstract Vector256<float> Add(Vector256<float> row, Vector256<float> query, Vector256<float> sum);
    }

    /// <summary>The inner product.</summary>
    public readonly struct Product : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Add(Vector512<float> row, Vector512<float> query, Vector512<float> sum) => Vector512.FusedMultiplyAdd(row, query, sum);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Add(Vector256<float> row, Vector256<float> query, Vector256<float> sum) => Vector256.FusedMultiplyAdd(row, query, sum);
    }

    /// <summary>The squared Euclidean distance.</summary>
    public readonly struct SquaredDifference : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Add(Vector512<float> row, Vector512<float> query, Vector512<float> sum)
        {
            var difference = query - row;
            return Vector512.FusedMultiplyAdd(difference, difference, sum);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Add(Vector256<float> row, Vector256<float> query, Vector256<float> sum)
        {
            var difference = query - row;
            return Vector256.FusedMultiplyAdd(difference, difference, sum);
        }
    }

    /// <summary>Whether tiles are faster here than row after row.</summary>
    public static bool IsSupported => Avx512F.IsSupported || Vector256.IsHardwareAccelerated;

    /// <summary>The 16 sums; that of row r and query q at place 4 q + r.</summary>
    /// <param name="rows">Four rows that lie one after the other.</param>
    /// <param name="queries">Four padded queries.</param>
    /// <param name="stride">The padded length: from query to query.</param>
    /// <param name="dimension">The length of a row.</param>
    /// <typeparam name="TTerm">What is summed.</typeparam>
    public static Vector512<float> Sum<TTerm>(float* rows, float* queries, nint stride, int dimension) where TTerm : struct, ITerm =>
        Avx512F.IsSupported
            ? Sum512<TTerm>(rows, queries, stride, dimension)
            : Vector512.Create(
                Vector256.Create(FourRows256<TTerm>(rows, queries, dimension), FourRows256<TTerm>(rows, queries + stride, dimension)),
                Vector256.Create(FourRows256<TTerm>(rows, queries + (2 * stride), dimension), FourRows256<TTerm>(rows, queries + (3 * stride), dimension)));

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static Vector512<float> Sum512<TTerm>(float* row0, float* query0, nint stride, int dimension) where TTerm : struct, ITerm
    {
        Vector512<float> s00 = default, s01 = default, s02 = default, s03 = default, s10 = default, s11 = default, s12 = default, s13 = default;
        Vector512<float> s20 = default, s21 = default, s22 = default, s23 = default, s30 = default, s31 = default, s32 = default, s33 = default;
        float* row1 = row0 + dimension, row2 = row1 + dimension, row3 = row2 + dimension;
        float* query1 = query0 + stride, query2 = query1 + stride, query3 = query2 + stride;
        for (nint i = 0; i < stride; i += DotProduct.Lanes)
        {
            var mask = DotProduct.Mask512(dimension - (int)i);
            var r0 = Vector512.Load(row0 + i) & mask;
            var r1 = Vector512.Load(row1 + i) & mask;
            var r2 = Vector512.Load(row2 + i) & mask;
            var r3 = Vector512.Load(row3 + i) & mask;
            var q = Vector512.Load(query0 + i);
            s00 = TTerm.Add(r0, q, s00);
            s10 = TTerm.Add(r1, q, s10);
            s20 = TTerm.Add(r2, q, s20);
            s30 = TTerm.Add(r3, q, s30);
            q = Vector512.Load(query1 + i);
            s01 = TTerm.Add(r0, q, s01);
            s11 = TTerm.Add(r1, q, s11);
            s21 = TTerm.Add(r2, q, s21);
            s31 = TTerm.Add(r3, q, s31);
            q = Vector512.Load(query2 + i);
            s02 = TTerm.Add(r0, q, s02);
            s12 = TTerm.Add(r1, q, s12);
            s22 = TTerm.Add(r2, q, s22);
            s32 = TTerm.Add(r3, q, s32);
            q = Vector512.Load(query3 + i);
            s03 = TTerm.Add(r0, q, s03);
            s13 = TTerm.Add(r1, q, s13);
            s23 = TTerm.Add(r2, q, s23);
            s33 = TTerm.Add(r3, q, s33);
        }

        return Fold(Quarter(s00, s01, s02, s03), Quarter(s10, s11, s12, s13), Quarter(s20, s21, s22, s23), Quarter(s30, s31, s32, s33));
    }

    /// <summary>Four times 16 partial sums to four times 4, side by side: lanes 16 to 8 to 4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Quarter(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d)
    {
        var ab = Avx512F.Shuffle4x128(a, b, 0b_01_00_01_00) + Avx512F.Shuffle4x128(a, b, 0b_11_10_11_10);
        var cd = Avx512F.Shuffle4x128(c, d, 0b_01_00_01_00) + Avx512F.Shuffle4x128(c, d, 0b_11_10_11_10);
        return Avx512F.Shuffle4x128(ab, cd, 0b_10_00_10_00) + Avx512F.Shuffle4x128(ab, cd, 0b_11_01_11_01);
    }

    /// <summary>What is left of the folding, lanes 4 to 2 to 1, for four rows' quarters; each group of four lanes is one query's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Fold(Vector512<float> row0, Vector512<float> row1, Vector512<float> row2, Vector512<float> row3)
    {
        var sums = (Avx512F.UnpackLow(row0, row1) + Avx512F.UnpackHigh(row0, row1)).AsDouble();
        var sums2 = (Avx512F.UnpackLow(row2, row3) + Avx512F.UnpackHigh(row2, row3)).AsDouble();
        return Avx512F.UnpackLow(sums, sums2).AsSingle() + Avx512F.UnpackHigh(sums, sums2).AsSingle();
    }

    /// <summary>The sums of four rows that lie one after the other, and one query.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector128<float> FourRows256<TTerm>(float* row0, float* query, int dimension) where TTerm : struct, ITerm
    {
        Vector256<float> low0 = default, low1 = default, low2 = default, low3 = default, high0 = default, high1 = default, high2 = default, high3 = default;
        float* row1 = row0 + dimension, row2 = row1 + dimension, row3 = row2 + dimension;
        int i = 0;
        for (; i <= dimension - DotProduct.Lanes; i += DotProduct.Lanes)
        {
            var (q0, q1) = (Vector256.Load(query + i), Vector256.Load(query + i + 8));
            low0 = TTerm.Add(Vector256.Load(row0 + i), q0, low0);
            high0 = TTerm.Add(Vector256.Load(row0 + i + 8), q1, high0);
            low1 = TTerm.Add(Vector256.Load(row1 + i), q0, low1);
            high1 = TTerm.Add(Vector256.Load(row1 + i + 8), q1, high1);
            low2 = TTerm.Add(Vector256.Load(row2 + i), q0, low2);
            high2 = TTerm.Add(Vector256.Load(row2 + i + 8), q1, high2);
            low3 = TTerm.Add(Vector256.Load(row3 + i), q0, low3);
            high3 = TTerm.Add(Vector256.Load(row3 + i + 8), q1, high3);
        }

        if (i < dimension)
        {
            var (q0, q1) = (Vector256.Load(query + i), Vector256.Load(query + i + 8));
            var (m0, m1) = DotProduct.Mask256(dimension - i);
            low0 = TTerm.Add(Vector256.Load(row0 + i) & m0, q0, low0);
            high0 = TTerm.Add(Vector256.Load(row0 + i + 8) & m1, q1, high0);
            low1 = TTerm.Add(Vector256.Load(row1 + i) & m0, q0, low1);
            high1 = TTerm.Add(Vector256.Load(row1 + i + 8) & m1, q1, high1);
            low2 = TTerm.Add(Vector256.Load(row2 + i) & m0, q0, low2);
            high2 = TTerm.Add(Vector256.Load(row2 + i + 8) & m1, q1, high2);
            low3 = TTerm.Add(Vector256.Load(row3 + i) & m0, q0, low3);
            high3 = TTerm.Add(Vector256.Load(row3 + i + 8) & m1, q1, high3);
        }

        return DotProduct.Fold(DotProduct.Halve(low0 + high0), DotProduct.Halve(low1 + high1), DotProduct.Halve(low2 + high2), DotProduct.Halve(low3 + high3));
    }
}
