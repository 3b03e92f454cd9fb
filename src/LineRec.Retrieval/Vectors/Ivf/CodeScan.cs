using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LineRec.Retrieval;

/// <summary>
/// The scan of code blocks: for each of a block's 32 vectors a 16-bit total, the rounded inner product of its centred codes with a
/// <see cref="CodeQuery"/>, and a mask of those above the block's threshold. Every path gives the same bits.
/// </summary>
/// <remarks>
/// Per 64 bytes of 4-bit codes (128 of them): one AND, two multiply-adds of bytes, two additions. Paths: 512, 256 and 128 bits wide, and plain code
/// where the processor has no SSSE3.
/// </remarks>
internal static unsafe class CodeScan
{
    /// <summary>How far ahead codes are prefetched in a long scan, bytes; what read fastest from memory.</summary>
    public const int FarAhead = 6144;

    /// <summary>Scans blocks that follow each other.</summary>
    /// <param name="layout">Their layout.</param>
    /// <param name="query">The query.</param>
    /// <param name="codes">The first block; 64-byte aligned.</param>
    /// <param name="blocks">How many.</param>
    /// <param name="thresholds">A threshold a block: greater totals are marked.</param>
    /// <param name="totals">Receives 32 totals a block.</param>
    /// <param name="masks">Receives a mask a block, bit i for vector i.</param>
    /// <param name="ahead">How many bytes from each row on lies one that will be needed soon; it is prefetched.</param>
    public static void Run(CodeLayout layout, CodeQuery query, byte* codes, int blocks, short* thresholds, short* totals, uint* masks, nint ahead = 0)
    {
        if (layout.Bits == 8) RunBytes(layout, query, codes, blocks, thresholds, totals, masks);
        else if (Vector512.IsHardwareAccelerated && Avx512BW.IsSupported) Nibbles512(layout, query, codes, blocks, thresholds, totals, masks, ahead);
        else if (Avx2.IsSupported) Nibbles256(layout, query, codes, blocks, thresholds, totals, masks, ahead);
        else if (Ssse3.IsSupported) Nibbles128(layout, query, codes, blocks, thresholds, totals, masks);
        else Reference(layout, query, codes, blocks, thresholds, totals, masks);
    }

    /// <summary>What all paths compute, written plainly.</summary>
    internal static void Reference(CodeLayout layout, CodeQuery query, byte* codes, int blocks, short* thresholds, short* totals, uint* masks)
    {
        for (int block = 0; block < blocks; block++, codes += layout.BlockBytes)
        {
            masks[block] = 0;
            for (int lane = 0; lane < CodeLayout.BlockVectors; lane++)
            {
                short total = Total(layout, query, codes + (2 * lane));
                totals[(block * CodeLayout.BlockVectors) + lane] = total;
                if (total > thresholds[block]) masks[block] |= 1u << lane;
            }
        }
    }

    private static short Total(CodeLayout layout, CodeQuery query, byte* lane)
    {
        int total = 0;
        for (int segment = 0; segment < layout.Segments; segment++)
        {
            short first = query.Starts[2 * segment], second = query.Starts[(2 * segment) + 1];
            int last = Math.Min(layout.Rows, (segment + 1) * layout.SegmentRows);
            for (int row = segment * layout.SegmentRows; row < last; row++)
            {
                byte v0 = lane[row * CodeLayout.RowBytes], v1 = lane[(row * CodeLayout.RowBytes) + 1];
                sbyte* w = (sbyte*)(query.Weights + (layout.Bits == 4 ? 2 * row : row));
                first = (short)(first + (v0 * w[0]) + (v1 * w[1]));
                if (layout.Bits == 4) second = (short)(second + ((v0 & 15) * w[4]) + ((v1 & 15) * w[5]));
            }

            total += (layout.Bits == 4 ? (short)((first >> 3) + second) : first) >> layout.Shift;
        }

        return (short)total;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Nibbles512(CodeLayout layout, CodeQuery query, byte* codes, int blocks, short* thresholds, short* totals, uint* masks, nint ahead)
    {
        int rows = layout.Rows, segments = layout.Segments, segmentRows = layout.SegmentRows, shift = layout.Shift;
        short* starts = query.Starts;
        int* weights = query.Weights;
        var low = Vector512.Create((byte)15);
        for (int block = 0; block < blocks; block++)
        {
            Vector512<short> total = default;
            int row = 0;
            int* w = weights;
            for (int segment = 0; segment < segments; segment++)
            {
                var first = Vector512.Create(starts[2 * segment]);
                var second = Vector512.Create(starts[(2 * segment) + 1]);
                for (int last = Math.Min(rows, row + segmentRows); row < last; row++, codes += CodeLayout.RowBytes, w += 2)
                {
                    var v = Vector512.LoadAligned(codes);
                    Sse.Prefetch0(codes + ahead);
                    first += Avx512BW.MultiplyAddAdjacent(v, Vector512.Create(w[0]).AsSByte());
                    second += Avx512BW.MultiplyAddAdjacent(v & low, Vector512.Create(w[1]).AsSByte());
                }

                first = Vector512.ShiftRightArithmetic(first, 3) + second;
                total = segments == 1 ? first : total + Vector512.ShiftRightArithmetic(first, shift);
            }

            total.Store(totals + (block * CodeLayout.BlockVectors));
            masks[block] = (uint)Vector512.GreaterThan(total, Vector512.Create(thresholds[block])).ExtractMostSignificantBits();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Nibbles256(CodeLayout layout, CodeQuery query, byte* codes, int blocks, short* thresholds, short* totals, uint* masks, nint ahead)
    {
        int rows = layout.Rows, segments = layout.Segments, segmentRows = layout.SegmentRows, shift = layout.Shift;
        short* starts = query.Starts;
        int* weights = query.Weights;
        var low = Vector256.Create((byte)15);
        for (int block = 0; block < blocks; block++)
        {
            Vector256<short> total0 = default, total1 = default;
            int row = 0;
            int* w = weights;
            for (int segment = 0; segment < segments; segment++)
            {
                Vector256<short> first0 = Vector256.Create(starts[2 * segment]), first1 = first0;
                Vector256<short> second0 = Vector256.Create(starts[(2 * segment) + 1]), second1 = second0;
                for (int last = Math.Min(rows, row + segmentRows); row < last; row++, codes += CodeLayout.RowBytes, w += 2)
                {
                    Vector256<byte> v0 = Vector256.LoadAligned(codes), v1 = Vector256.LoadAligned(codes + 32);
                    Sse.Prefetch0(codes + ahead);
                    Vector256<sbyte> w1 = Vector256.Create(w[0]).AsSByte(), w2 = Vector256.Create(w[1]).AsSByte();
                    first0 += Avx2.MultiplyAddAdjacent(v0, w1);
                    first1 += Avx2.MultiplyAddAdjacent(v1, w1);
                    second0 += Avx2.MultiplyAddAdjacent(v0 & low, w2);
                    second1 += Avx2.MultiplyAddAdjacent(v1 & low, w2);
                }

                first0 = Vector256.ShiftRightArithmetic(first0, 3) + second0;
                first1 = Vector256.ShiftRightArithmetic(first1, 3) + second1;
                total0 = segments == 1 ? first0 : total0 + Vector256.ShiftRightArithmetic(first0, shift);
                total1 = segments == 1 ? first1 : total1 + Vector256.ShiftRightArithmetic(first1, shift);
            }

            Finish(total0, total1, thresholds[block], totals + (block * CodeLayout.BlockVectors), masks + block);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Nibbles128(CodeLayout layout, CodeQuery query, byte* codes, int blocks, short* thresholds, short* totals, uint* masks)
    {
        int rows = layout.Rows, segments = layout.Segments, segmentRows = layout.SegmentRows, shift = layout.Shift;
        var low = Vector128.Create((byte)15);
        for (int block = 0; block < blocks; block++, codes += layout.BlockBytes)
        {
            uint mask = 0;
            for (int part = 0; part < 4; part++)
            {
                Vector128<short> total = default;
                for (int segment = 0, row = 0; segment < segments; segment++)
                {
                    Vector128<short> first = Vector128.Create(query.Starts[2 * segment]), second = Vector128.Create(query.Starts[(2 * segment) + 1]);
                    for (int last = Math.Min(rows, row + segmentRows); row < last; row++)
                    {
                        var v = Vector128.Load(codes + (row * CodeLayout.RowBytes) + (16 * part));
                        first += Ssse3.MultiplyAddAdjacent(v, Vector128.Create(query.Weights[2 * row]).AsSByte());
                        second += Ssse3.MultiplyAddAdjacent(v & low, Vector128.Create(query.Weights[(2 * row) + 1]).AsSByte());
                    }

                    first = Vector128.ShiftRightArithmetic(first, 3) + second;
                    total += Vector128.ShiftRightArithmetic(first, shift);
                }

                total.Store(totals + (block * CodeLayout.BlockVectors) + (8 * part));
                mask |= MaskOf(Vector128.GreaterThan(total, Vector128.Create(thresholds[block]))) << (8 * part);
            }

            masks[block] = mask;
        }
    }

    private static void RunBytes(CodeLayout layout, CodeQuery query, byte* codes, int blocks, short* thresholds, short* totals, uint* masks)
    {
        if (Vector512.IsHardwareAccelerated && Avx512BW.IsSupported) Bytes512(layout, query, codes, blocks, thresholds, totals, masks);
        else if (Avx2.IsSupported) Bytes256(layout, query, codes, blocks, thresholds, totals, masks);
        else Reference(layout, query, codes, blocks, thresholds, totals, masks);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Bytes512(CodeLayout layout, CodeQuery query, byte* codes, int blocks, short* thresholds, short* totals, uint* masks)
    {
        int rows = layout.Rows, segments = layout.Segments, segmentRows = layout.SegmentRows, shift = layout.Shift;
        for (int block = 0; block < blocks; block++)
        {
            Vector512<short> total = default;
            for (int segment = 0, row = 0; segment < segments; segment++)
            {
                var sum = Vector512.Create(query.Starts[2 * segment]);
                for (int last = Math.Min(rows, row + segmentRows); row < last; row++, codes += CodeLayout.RowBytes)
                    sum += Avx512BW.MultiplyAddAdjacent(Vector512.LoadAligned(codes), Vector512.Create(query.Weights[row]).AsSByte());
                total += Vector512.ShiftRightArithmetic(sum, shift);
            }

            total.Store(totals + (block * CodeLayout.BlockVectors));
            masks[block] = (uint)Vector512.GreaterThan(total, Vector512.Create(thresholds[block])).ExtractMostSignificantBits();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Bytes256(CodeLayout layout, CodeQuery query, byte* codes, int blocks, short* thresholds, short* totals, uint* masks)
    {
        int rows = layout.Rows, segments = layout.Segments, segmentRows = layout.SegmentRows, shift = layout.Shift;
        for (int block = 0; block < blocks; block++)
        {
            Vector256<short> total0 = default, total1 = default;
            for (int segment = 0, row = 0; segment < segments; segment++)
            {
                Vector256<short> sum0 = Vector256.Create(query.Starts[2 * segment]), sum1 = sum0;
                for (int last = Math.Min(rows, row + segmentRows); row < last; row++, codes += CodeLayout.RowBytes)
                {
                    var w = Vector256.Create(query.Weights[row]).AsSByte();
                    sum0 += Avx2.MultiplyAddAdjacent(Vector256.LoadAligned(codes), w);
                    sum1 += Avx2.MultiplyAddAdjacent(Vector256.LoadAligned(codes + 32), w);
                }

                total0 += Vector256.ShiftRightArithmetic(sum0, shift);
                total1 += Vector256.ShiftRightArithmetic(sum1, shift);
            }

            Finish(total0, total1, thresholds[block], totals + (block * CodeLayout.BlockVectors), masks + block);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(Vector256<short> total0, Vector256<short> total1, short threshold, short* totals, uint* mask)
    {
        total0.Store(totals);
        total1.Store(totals + 16);
        var bar = Vector256.Create(threshold);

        // Packing works within 128-bit halves: the middle quarters change places.
        var packed = Avx2.PackSignedSaturate(Vector256.GreaterThan(total0, bar), Vector256.GreaterThan(total1, bar)).AsInt64();
        *mask = Avx2.Permute4x64(packed, 0b11_01_10_00).AsByte().ExtractMostSignificantBits();
    }

    private static uint MaskOf(Vector128<short> marks) => Vector128.Narrow(marks, Vector128<short>.Zero).ExtractMostSignificantBits();
}
