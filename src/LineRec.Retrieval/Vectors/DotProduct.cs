using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LineRec.Retrieval;

/// <summary>
/// The inner product of a row and a query, with one summation order on every machine: lane l of 16 adds up the products of
/// elements l, l + 16, l + 32, … by fused multiply-add, then the lanes are folded in halves (16, 8, 4, 2, 1). A row's last
/// elements go to the first lanes. So the bits of a score don't depend on the vector width, the tile, or who computes it.
/// </summary>
/// <remarks>
/// The query is padded with zeros to a multiple of 16. The kernels read whole vectors and mask what lies after the row: up to 15
/// floats after a row's end must be readable; <see cref="ScoreRow"/> copies a row for which they aren't.
/// </remarks>
internal static unsafe partial class DotProduct
{
    /// <summary>How many partial sums there are.</summary>
    public const int Lanes = 16;

    /// <summary>The length of a padded query.</summary>
    public static int PaddedLength(int dimension) => (dimension + Lanes - 1) / Lanes * Lanes;

    /// <summary>The inner products of four rows, one after the other in memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> FourRows(float* rows, float* query, int dimension) =>
        Vector512.IsHardwareAccelerated ? FourRows512(rows, query, dimension)
        : Vector256.IsHardwareAccelerated ? FourRows256(rows, query, dimension)
        : Vector128.Create(OneRow(rows, query, dimension), OneRow(rows + dimension, query, dimension), OneRow(rows + (2 * (nint)dimension), query, dimension), OneRow(rows + (3 * (nint)dimension), query, dimension));

    /// <summary>The inner product of one row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float OneRow(float* row, float* query, int dimension) =>
        Vector512.IsHardwareAccelerated ? OneRow512(row, query, dimension)
        : Vector256.IsHardwareAccelerated ? OneRow256(row, query, dimension)
        : OneRow128(row, query, dimension);

    /// <summary>Row after row, in address order: four rows side by side were slower from memory (4.8 against 3.4 ms for 77 MB) and no faster in the cache.</summary>
    /// <remarks>Neither inlined nor with the masks of odd dimensions inside: the compiler then keeps all sums in registers. Inlined into a scan they spilled, at four times the time.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    internal static Vector128<float> FourRows512(float* rows, float* query, int dimension)
    {
        if (dimension % Lanes != 0) return FourMaskedRows512(rows, query, dimension);
        nint next = dimension;
        return Fold(Halve(Halve(WholeSum512(rows, query, dimension))), Halve(Halve(WholeSum512(rows + next, query, dimension))), Halve(Halve(WholeSum512(rows + (2 * next), query, dimension))), Halve(Halve(WholeSum512(rows + (3 * next), query, dimension))));
    }

    /// <inheritdoc cref="FourRows512"/>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    internal static Vector128<float> FourRows256(float* rows, float* query, int dimension)
    {
        if (dimension % Lanes != 0) return FourMaskedRows256(rows, query, dimension);
        nint next = dimension;
        return Fold(Halve(WholeSum256(rows, query, dimension)), Halve(WholeSum256(rows + next, query, dimension)), Halve(WholeSum256(rows + (2 * next), query, dimension)), Halve(WholeSum256(rows + (3 * next), query, dimension)));
    }

    internal static float OneRow512(float* row, float* query, int dimension) => Fold(Halve(Halve(Sum512(row, query, dimension))));

    internal static float OneRow256(float* row, float* query, int dimension) => Fold(Halve(Sum256(row, query, dimension)));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector128<float> FourMaskedRows512(float* rows, float* query, int dimension)
    {
        nint next = dimension;
        return Vector128.Create(OneRow512(rows, query, dimension), OneRow512(rows + next, query, dimension), OneRow512(rows + (2 * next), query, dimension), OneRow512(rows + (3 * next), query, dimension));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector128<float> FourMaskedRows256(float* rows, float* query, int dimension)
    {
        nint next = dimension;
        return Vector128.Create(OneRow256(rows, query, dimension), OneRow256(rows + next, query, dimension), OneRow256(rows + (2 * next), query, dimension), OneRow256(rows + (3 * next), query, dimension));
    }

    /// <summary>The whole multiples of 16 of a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> WholeSum512(float* row, float* query, int dimension)
    {
        Vector512<float> sum = default;
        for (int i = 0; i <= dimension - Lanes; i += Lanes) sum = Vector512.FusedMultiplyAdd(Vector512.Load(row + i), Vector512.Load(query + i), sum);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Sum512(float* row, float* query, int dimension)
    {
        var sum = WholeSum512(row, query, dimension);
        int i = dimension / Lanes * Lanes;
        return i == dimension ? sum : Vector512.FusedMultiplyAdd(Vector512.Load(row + i) & Mask512(dimension - i), Vector512.Load(query + i), sum);
    }

    /// <summary>The whole multiples of 16 of a row: the 16 lanes in two halves, folded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> WholeSum256(float* row, float* query, int dimension)
    {
        var (low, high) = Halves256(row, query, dimension);
        return low + high;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Sum256(float* row, float* query, int dimension)
    {
        var (low, high) = Halves256(row, query, dimension);
        int i = dimension / Lanes * Lanes;
        if (i < dimension)
        {
            var (m0, m1) = Mask256(dimension - i);
            low = Vector256.FusedMultiplyAdd(Vector256.Load(row + i) & m0, Vector256.Load(query + i), low);
            high = Vector256.FusedMultiplyAdd(Vector256.Load(row + i + 8) & m1, Vector256.Load(query + i + 8), high);
        }

        return low + high;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float> Low, Vector256<float> High) Halves256(float* row, float* query, int dimension)
    {
        Vector256<float> low = default, high = default;
        for (int i = 0; i <= dimension - Lanes; i += Lanes)
        {
            low = Vector256.FusedMultiplyAdd(Vector256.Load(row + i), Vector256.Load(query + i), low);
            high = Vector256.FusedMultiplyAdd(Vector256.Load(row + i + 8), Vector256.Load(query + i + 8), high);
        }

        return (low, high);
    }

    internal static float OneRow128(float* row, float* query, int dimension)
    {
        Vector128<float> a = default, b = default, c = default, d = default;
        int i = 0;
        for (; i <= dimension - Lanes; i += Lanes)
        {
            a = Vector128.FusedMultiplyAdd(Vector128.Load(row + i), Vector128.Load(query + i), a);
            b = Vector128.FusedMultiplyAdd(Vector128.Load(row + i + 4), Vector128.Load(query + i + 4), b);
            c = Vector128.FusedMultiplyAdd(Vector128.Load(row + i + 8), Vector128.Load(query + i + 8), c);
            d = Vector128.FusedMultiplyAdd(Vector128.Load(row + i + 12), Vector128.Load(query + i + 12), d);
        }

        if (i < dimension)
        {
            var (m0, m1) = Mask256(dimension - i);
            a = Vector128.FusedMultiplyAdd(Vector128.Load(row + i) & m0.GetLower(), Vector128.Load(query + i), a);
            b = Vector128.FusedMultiplyAdd(Vector128.Load(row + i + 4) & m0.GetUpper(), Vector128.Load(query + i + 4), b);
            c = Vector128.FusedMultiplyAdd(Vector128.Load(row + i + 8) & m1.GetLower(), Vector128.Load(query + i + 8), c);
            d = Vector128.FusedMultiplyAdd(Vector128.Load(row + i + 12) & m1.GetUpper(), Vector128.Load(query + i + 12), d);
        }

        return Fold((a + c) + (b + d));
    }

    /// <summary>Ones in the first lanes. Computed in place: a call would make the compiler keep a kernel's sums in memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Mask512(int count) => Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).AsSingle();

    /// <inheritdoc cref="Mask512"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static (Vector256<float> Low, Vector256<float> High) Mask256(int count) => (
        Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count)).AsSingle(),
        Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count - Vector256<int>.Count)).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> Halve(Vector512<float> v) => v.GetLower() + v.GetUpper();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<float> Halve(Vector256<float> v) => v.GetLower() + v.GetUpper();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float Fold(Vector128<float> v) => (v[0] + v[2]) + (v[1] + v[3]);

    /// <summary>Folds four rows at once: a 4 x 4 transpose and three additions, in <see cref="Fold(Vector128{float})"/>'s order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<float> Fold(Vector128<float> a, Vector128<float> b, Vector128<float> c, Vector128<float> d)
    {
        if (!Sse.IsSupported) return Vector128.Create(Fold(a), Fold(b), Fold(c), Fold(d));
        Vector128<float> low = Sse.UnpackLow(a, b), high = Sse.UnpackHigh(a, b), low2 = Sse.UnpackLow(c, d), high2 = Sse.UnpackHigh(c, d);
        var sums = low + high; // a0+a2, b0+b2, a1+a3, b1+b3
        var sums2 = low2 + high2;
        return Sse.MoveLowToHigh(sums, sums2) + Sse.MoveHighToLow(sums2, sums);
    }
}
