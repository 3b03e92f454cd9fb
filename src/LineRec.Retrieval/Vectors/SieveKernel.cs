using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LineRec.Retrieval;

/// <summary>
/// The loop of <see cref="Sieve"/>: whole inner products of four coded rows and a block of coded queries, and which of them exceed a bar.
/// Four dimensions of a row are broadcast to four bytes a query, multiplied and added in pairs into 16-bit sums (<c>vpmaddubsw</c>).
/// </summary>
/// <remarks>
/// Sums may wrap around on their way: their last values fit, since the lengths of coded vectors are limited (<see cref="SieveCodes"/>). A
/// block lies in memory as its places below say, at a multiple of 64 bytes.
/// </remarks>
internal static unsafe class SieveKernel
{
    /// <summary>Rows at once.</summary>
    public const int Rows = 4;

    /// <summary>Dimensions that are broadcast together.</summary>
    public const int Step = 4;

    /// <summary>Queries of a block.</summary>
    public static readonly int Queries = Avx512BW.IsSupported ? 64 : 32;

    /// <summary>Whether there is a kernel for this processor.</summary>
    public static bool IsSupported => Avx2.IsSupported;

    /// <summary>Place in a block, in floats: what a sum must exceed, as a multiple of a row's scale.</summary>
    public static int Bars => 0;

    /// <summary>Place in a block, in floats: the multiple of a row's second scale that is added to it.</summary>
    public static int Shares => Queries;

    /// <summary>Place in a block, in floats: what rounding may have taken from a sum.</summary>
    public static int Margins => 2 * Queries;

    /// <summary>Place in a block, in floats: two 16-bit values a query that its two sums begin with.</summary>
    public static int Starts => 3 * Queries;

    /// <summary>Place in a block, in floats: the codes, [dimension / 4][query][4].</summary>
    public static int Codes => 4 * Queries;

    /// <summary>Floats of a block.</summary>
    /// <param name="steps">Fours of dimensions.</param>
    public static int Length(int steps) => (Step + steps) * Queries;

    /// <summary>Which queries' sums exceed their bars, a bit a query, for each of four rows; a bar of NaN is exceeded. Returns the four together.</summary>
    /// <param name="rows">Four rows of codes.</param>
    /// <param name="stride">Bytes from row to row.</param>
    /// <param name="scales">Two scales of each of the four rows.</param>
    /// <param name="block">The block.</param>
    /// <param name="steps">Fours of dimensions.</param>
    /// <param name="passed">Room for four.</param>
    public static ulong Pass(byte* rows, nint stride, (float Bar, float Share)* scales, float* block, int steps, ulong* passed)
    {
        if (Avx512BW.IsSupported) return Pass512(rows, stride, scales, block, steps, passed);
        return Pass256(rows, stride, scales, block, steps, passed) | Pass256(rows + (2 * stride), stride, scales + 2, block, steps, passed + 2);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static ulong Pass512(byte* row0, nint stride, (float Bar, float Share)* scales, float* block, int steps, ulong* passed)
    {
        const int Width = 64;
        short* starts = (short*)(block + Starts);
        byte* codes = (byte*)(block + Codes), row1 = row0 + stride, row2 = row1 + stride, row3 = row2 + stride;
        Vector512<short> s00 = Vector512.Load(starts), s01 = Vector512.Load(starts + 32), s02 = Vector512.Load(starts + 64), s03 = Vector512.Load(starts + 96);
        Vector512<short> s10 = s00, s11 = s01, s12 = s02, s13 = s03, s20 = s00, s21 = s01, s22 = s02, s23 = s03, s30 = s00, s31 = s01, s32 = s02, s33 = s03;
        for (nint i = 0; i < steps; i++, codes += 4 * Width)
        {
            Vector512<sbyte> q0 = Vector512.Load((sbyte*)codes), q1 = Vector512.Load((sbyte*)codes + Width), q2 = Vector512.Load((sbyte*)codes + (2 * Width)), q3 = Vector512.Load((sbyte*)codes + (3 * Width));
            var r = Vector512.Create(((uint*)row0)[i]).AsByte();
            s00 += Avx512BW.MultiplyAddAdjacent(r, q0);
            s01 += Avx512BW.MultiplyAddAdjacent(r, q1);
            s02 += Avx512BW.MultiplyAddAdjacent(r, q2);
            s03 += Avx512BW.MultiplyAddAdjacent(r, q3);
            r = Vector512.Create(((uint*)row1)[i]).AsByte();
            s10 += Avx512BW.MultiplyAddAdjacent(r, q0);
            s11 += Avx512BW.MultiplyAddAdjacent(r, q1);
            s12 += Avx512BW.MultiplyAddAdjacent(r, q2);
            s13 += Avx512BW.MultiplyAddAdjacent(r, q3);
            r = Vector512.Create(((uint*)row2)[i]).AsByte();
            s20 += Avx512BW.MultiplyAddAdjacent(r, q0);
            s21 += Avx512BW.MultiplyAddAdjacent(r, q1);
            s22 += Avx512BW.MultiplyAddAdjacent(r, q2);
            s23 += Avx512BW.MultiplyAddAdjacent(r, q3);
            r = Vector512.Create(((uint*)row3)[i]).AsByte();
            s30 += Avx512BW.MultiplyAddAdjacent(r, q0);
            s31 += Avx512BW.MultiplyAddAdjacent(r, q1);
            s32 += Avx512BW.MultiplyAddAdjacent(r, q2);
            s33 += Avx512BW.MultiplyAddAdjacent(r, q3);
        }

        passed[0] = Exceeding(s00, scales[0], block, 0) | Exceeding(s01, scales[0], block, 16) | Exceeding(s02, scales[0], block, 32) | Exceeding(s03, scales[0], block, 48);
        passed[1] = Exceeding(s10, scales[1], block, 0) | Exceeding(s11, scales[1], block, 16) | Exceeding(s12, scales[1], block, 32) | Exceeding(s13, scales[1], block, 48);
        passed[2] = Exceeding(s20, scales[2], block, 0) | Exceeding(s21, scales[2], block, 16) | Exceeding(s22, scales[2], block, 32) | Exceeding(s23, scales[2], block, 48);
        passed[3] = Exceeding(s30, scales[3], block, 0) | Exceeding(s31, scales[3], block, 16) | Exceeding(s32, scales[3], block, 32) | Exceeding(s33, scales[3], block, 48);
        return passed[0] | passed[1] | passed[2] | passed[3];
    }

    /// <summary>Two rows.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static ulong Pass256(byte* row0, nint stride, (float Bar, float Share)* scales, float* block, int steps, ulong* passed)
    {
        const int Width = 32;
        short* starts = (short*)(block + Starts);
        byte* codes = (byte*)(block + Codes), row1 = row0 + stride;
        Vector256<short> s00 = Vector256.Load(starts), s01 = Vector256.Load(starts + 16), s02 = Vector256.Load(starts + 32), s03 = Vector256.Load(starts + 48);
        Vector256<short> s10 = s00, s11 = s01, s12 = s02, s13 = s03;
        for (nint i = 0; i < steps; i++, codes += 4 * Width)
        {
            Vector256<sbyte> q0 = Vector256.Load((sbyte*)codes), q1 = Vector256.Load((sbyte*)codes + Width), q2 = Vector256.Load((sbyte*)codes + (2 * Width)), q3 = Vector256.Load((sbyte*)codes + (3 * Width));
            var r = Vector256.Create(((uint*)row0)[i]).AsByte();
            s00 += Avx2.MultiplyAddAdjacent(r, q0);
            s01 += Avx2.MultiplyAddAdjacent(r, q1);
            s02 += Avx2.MultiplyAddAdjacent(r, q2);
            s03 += Avx2.MultiplyAddAdjacent(r, q3);
            r = Vector256.Create(((uint*)row1)[i]).AsByte();
            s10 += Avx2.MultiplyAddAdjacent(r, q0);
            s11 += Avx2.MultiplyAddAdjacent(r, q1);
            s12 += Avx2.MultiplyAddAdjacent(r, q2);
            s13 += Avx2.MultiplyAddAdjacent(r, q3);
        }

        passed[0] = Exceeding(s00, scales[0], block, 0) | Exceeding(s01, scales[0], block, 8) | Exceeding(s02, scales[0], block, 16) | Exceeding(s03, scales[0], block, 24);
        passed[1] = Exceeding(s10, scales[1], block, 0) | Exceeding(s11, scales[1], block, 8) | Exceeding(s12, scales[1], block, 16) | Exceeding(s13, scales[1], block, 24);
        return passed[0] | passed[1];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Exceeding(Vector512<short> halves, (float Bar, float Share) scale, float* block, int first)
    {
        var sums = Vector512.ConvertToSingle(Avx512BW.MultiplyAddAdjacent(halves, Vector512<short>.One));
        var bars = Vector512.FusedMultiplyAdd(Vector512.Load(block + Bars + first), Vector512.Create(scale.Bar), Vector512.FusedMultiplyAdd(Vector512.Load(block + Shares + first), Vector512.Create(scale.Share), Vector512.Load(block + Margins + first)));
        return (~Vector512.LessThanOrEqual(sums, bars).ExtractMostSignificantBits() & 0xFFFF) << first;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Exceeding(Vector256<short> halves, (float Bar, float Share) scale, float* block, int first)
    {
        var sums = Vector256.ConvertToSingle(Avx2.MultiplyAddAdjacent(halves, Vector256<short>.One));
        var bars = Vector256.FusedMultiplyAdd(Vector256.Load(block + Bars + first), Vector256.Create(scale.Bar), Vector256.FusedMultiplyAdd(Vector256.Load(block + Shares + first), Vector256.Create(scale.Share), Vector256.Load(block + Margins + first)));
        return (ulong)(~Vector256.LessThanOrEqual(sums, bars).ExtractMostSignificantBits() & 0xFF) << first;
    }
}
