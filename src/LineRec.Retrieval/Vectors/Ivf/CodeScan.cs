using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LineRec.Retrieval;

/// <summary>
/// The scan of code blocks: for each of a block's 32 vectors a 16-bit total, the rounded inner product of its centred codes with a
/// <see cref="CodeQuery"/> times the vector's scale, and a mask of those above the block's threshold. Every path gives the same bits.
/// </summary>
/// <remarks>
/// Per 64 bytes of 4-bit codes (128 of them): one AND, two multiply-adds of bytes, two additions. Paths: 512, 256 and 128 bits wide, and plain code
/// where the processor has no SSSE3.
/// </remarks>
internal static unsafe partial class CodeScan
{
    /// <summary>How far ahead codes are prefetched in a long scan, bytes; what read fastest from memory.</summary>
    public const int FarAhead = 6144;

    /// <summary>How many blocks ahead they are prefetched where they lie anywhere.</summary>
    public const int ListedAhead = 12;

    /// <summary>Scans blocks that follow each other.</summary>
    /// <param name="layout">Their layout.</param>
    /// <param name="query">The query.</param>
    /// <param name="codes">The first block.</param>
    /// <param name="blocks">How many.</param>
    /// <param name="thresholds">A threshold a block: greater totals are marked.</param>
    /// <param name="totals">Receives 32 totals a block.</param>
    /// <param name="masks">Receives a mask a block, bit i for vector i.</param>
    /// <param name="headOnly">Whether only the first plane is summed.</param>
    /// <param name="headAhead">How many bytes from each row of the first plane on lies one that will be needed soon; it is prefetched.</param>
    /// <param name="tailAhead">The same of the second plane.</param>
    /// <returns>A bit for each of the first 64 blocks: whether any of its vectors is marked.</returns>
    public static ulong Run(CodeLayout layout, CodeQuery query, CodePlanes codes, int blocks, short* thresholds, short* totals, uint* masks, bool headOnly = false, nint headAhead = 0, nint tailAhead = 0) => layout.Bits == 8
        ? RunBytes(layout, query, codes.Head, blocks, thresholds, totals, masks)
        : RunNibbles(layout, query, codes, null, headOnly, blocks, thresholds, totals, masks, headAhead, tailAhead);

    /// <summary>Scans blocks that lie anywhere: while one is scanned, the one <see cref="ListedAhead"/> later is fetched.</summary>
    /// <param name="layout">Their layout, of 4-bit codes.</param>
    /// <param name="query">The query.</param>
    /// <param name="codes">Block 0.</param>
    /// <param name="places">Their numbers, and <see cref="ListedAhead"/> more that will be needed next.</param>
    /// <param name="blocks">How many.</param>
    /// <param name="thresholds">A threshold a block: greater totals are marked.</param>
    /// <param name="totals">Receives 32 totals a block.</param>
    /// <param name="masks">Receives a mask a block, bit i for vector i.</param>
    /// <returns>A bit for each of the first 64 blocks: whether any of its vectors is marked.</returns>
    public static ulong RunListed(CodeLayout layout, CodeQuery query, CodePlanes codes, int* places, int blocks, short* thresholds, short* totals, uint* masks) =>
        RunNibbles(layout, query, codes, places, false, blocks, thresholds, totals, masks, 0, 0);

    private static ulong RunNibbles(CodeLayout layout, CodeQuery query, CodePlanes codes, int* places, bool headOnly, int blocks, short* thresholds, short* totals, uint* masks, nint headAhead, nint tailAhead)
    {
        if (Vector512.IsHardwareAccelerated && Avx512BW.IsSupported) return Nibbles512(layout, query, codes, places, headOnly, blocks, thresholds, totals, masks, headAhead, tailAhead);
        if (Avx2.IsSupported) return Nibbles256(layout, query, codes, places, headOnly, blocks, thresholds, totals, masks, headAhead, tailAhead);
        if (Ssse3.IsSupported) return Nibbles128(layout, query, codes, places, headOnly, blocks, thresholds, totals, masks);
        return Reference(layout, query, codes, blocks, thresholds, totals, masks, headOnly, places);
    }

    /// <summary>What all paths compute, written plainly.</summary>
    internal static ulong Reference(CodeLayout layout, CodeQuery query, CodePlanes codes, int blocks, short* thresholds, short* totals, uint* masks, bool headOnly = false, int* places = null)
    {
        ulong any = 0;
        for (int block = 0; block < blocks; block++)
        {
            masks[block] = 0;
            int place = places == null ? block : places[block];
            for (int lane = 0; lane < CodeLayout.BlockVectors; lane++)
            {
                short total = Total(layout, query, codes.At(layout, place), headOnly, lane);
                if (layout.Bits == 4) total = (short)(((total * layout.ScaleOf(codes, place, lane)) + (CodeLayout.One / 2)) >> 15);
                totals[(block * CodeLayout.BlockVectors) + lane] = total;
                if (total > thresholds[block]) masks[block] |= 1u << lane;
            }

            any |= Any(masks[block], block);
        }

        return any;
    }

    private static short Total(CodeLayout layout, CodeQuery query, CodePlanes block, bool headOnly, int lane)
    {
        int total = 0, rows = headOnly ? layout.HeadRows : layout.Rows;
        for (int segment = 0, row = 0; row < rows; segment++)
        {
            (short first, short second) = StartOf(layout, query, segment, headOnly);
            for (int last = Math.Min(rows, row + layout.SegmentRows); row < last; row++)
            {
                byte* at = (row < layout.HeadRows ? block.Head + layout.ScaleBytes + (row * CodeLayout.RowBytes) : block.Tail + ((row - layout.HeadRows) * CodeLayout.RowBytes)) + (2 * lane);
                sbyte* w = (sbyte*)(query.Weights + (layout.Bits == 4 ? 2 * row : row));
                first = (short)(first + (at[0] * w[0]) + (at[1] * w[1]));
                if (layout.Bits == 4) second = (short)(second + ((at[0] & 15) * w[4]) + ((at[1] & 15) * w[5]));
            }

            total += (layout.Bits == 4 ? (short)((first >> 3) + second) : first) >> layout.Shift;
        }

        return (short)total;
    }

    /// <summary>What a segment's sums start from.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (short First, short Second) StartOf(CodeLayout layout, CodeQuery query, int segment, bool headOnly) =>
        headOnly && layout.Segments == 1 ? query.HeadStart : (query.Starts[2 * segment], query.Starts[(2 * segment) + 1]);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ulong Nibbles512(CodeLayout layout, CodeQuery query, CodePlanes codes, int* places, bool headOnly, int blocks, short* thresholds, short* totals, uint* masks, nint headAhead, nint tailAhead)
    {
        int headRows = layout.HeadRows, tailRows = headOnly ? 0 : layout.Rows - headRows, headBytes = layout.HeadBytes, tailBytes = layout.TailBytes, segmentRows = layout.SegmentRows;
        var (start1, start2) = StartOf(layout, query, 0, headOnly);
        ulong any = 0;
        for (int block = 0; block < blocks; block++)
        {
            long place = block;
            if (places != null) (place, headAhead, tailAhead) = (places[block], (nint)(places[block + ListedAhead] - places[block]) * headBytes, (nint)(places[block + ListedAhead] - places[block]) * tailBytes);
            byte* head = codes.Head + (place * headBytes), at = head + CodeLayout.RowBytes;
            int* w = query.Weights;
            Vector512<short> first = Vector512.Create(start1), second = Vector512.Create(start2);
            Vector512<short> total;
            if (layout.Segments == 1)
            {
                for (byte* end = head + headBytes; at < end; at += CodeLayout.RowBytes, w += 2) Add(at, w, headAhead, ref first, ref second);
                at = codes.Tail + (place * tailBytes);
                for (int row = 0; row < tailRows; row++, at += CodeLayout.RowBytes, w += 2) Add(at, w, tailAhead, ref first, ref second);
                total = Vector512.ShiftRightArithmetic(first, 3) + second;
            }
            else
            {
                total = default;
                nint ahead = headAhead;
                for (int segment = 0, row = 0, rows = headRows + tailRows; row < rows; segment++)
                {
                    if (row == headRows) at = codes.Tail + (place * tailBytes);
                    ahead = row == headRows ? tailAhead : ahead;
                    (first, second) = (Vector512.Create(query.Starts[2 * segment]), Vector512.Create(query.Starts[(2 * segment) + 1]));
                    for (int last = Math.Min(rows, row + segmentRows); row < last; row++, at += CodeLayout.RowBytes, w += 2) Add(at, w, ahead, ref first, ref second);
                    total += Vector512.ShiftRightArithmetic(Vector512.ShiftRightArithmetic(first, 3) + second, layout.Shift);
                }
            }

            Sse.Prefetch1(head + headAhead);
            total = Avx512BW.MultiplyHighRoundScale(total, Vector512.LoadAligned((short*)head));
            total.Store(totals + (block * CodeLayout.BlockVectors));
            uint mask = MaskOf(total, thresholds[block]);
            masks[block] = mask;
            any |= Any(mask, block);
        }

        return any;
    }

    /// <summary>Adds a row of codes to its sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(byte* at, int* w, nint ahead, ref Vector512<short> first, ref Vector512<short> second)
    {
        var v = Vector512.LoadAligned(at);
        Sse.Prefetch1(at + ahead);
        first += Avx512BW.MultiplyAddAdjacent(v, Vector512.Create(w[0]).AsSByte());
        second += Avx512BW.MultiplyAddAdjacent(v & Vector512.Create((byte)15), Vector512.Create(w[1]).AsSByte());
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ulong Nibbles256(CodeLayout layout, CodeQuery query, CodePlanes codes, int* places, bool headOnly, int blocks, short* thresholds, short* totals, uint* masks, nint headAhead, nint tailAhead)
    {
        int headRows = layout.HeadRows, rows = headOnly ? headRows : layout.Rows, segmentRows = layout.SegmentRows;
        ulong any = 0;
        for (int block = 0; block < blocks; block++)
        {
            if (places != null) (headAhead, tailAhead) = ((nint)(places[block + ListedAhead] - places[block]) * layout.HeadBytes, (nint)(places[block + ListedAhead] - places[block]) * layout.TailBytes);
            var planes = codes.At(layout, places == null ? block : places[block]);
            Vector256<short> total0 = default, total1 = default;
            int* w = query.Weights;
            for (int segment = 0, row = 0; row < rows; segment++)
            {
                var (start1, start2) = StartOf(layout, query, segment, headOnly);
                Vector256<short> first0 = Vector256.Create(start1), first1 = first0, second0 = Vector256.Create(start2), second1 = second0;
                int last = Math.Min(rows, row + segmentRows);
                byte* at = planes.Head + CodeLayout.RowBytes + (row * CodeLayout.RowBytes);
                for (int end = Math.Min(last, headRows); row < end; row++, at += CodeLayout.RowBytes, w += 2) Add(at, w, headAhead, ref first0, ref first1, ref second0, ref second1);
                at = planes.Tail + ((row - headRows) * CodeLayout.RowBytes);
                for (; row < last; row++, at += CodeLayout.RowBytes, w += 2) Add(at, w, tailAhead, ref first0, ref first1, ref second0, ref second1);
                total0 += Vector256.ShiftRightArithmetic(Vector256.ShiftRightArithmetic(first0, 3) + second0, layout.Shift);
                total1 += Vector256.ShiftRightArithmetic(Vector256.ShiftRightArithmetic(first1, 3) + second1, layout.Shift);
            }

            Sse.Prefetch1(planes.Head + headAhead);
            total0 = Avx2.MultiplyHighRoundScale(total0, Vector256.LoadAligned((short*)planes.Head));
            total1 = Avx2.MultiplyHighRoundScale(total1, Vector256.LoadAligned((short*)planes.Head + 16));
            total0.Store(totals + (block * CodeLayout.BlockVectors));
            total1.Store(totals + (block * CodeLayout.BlockVectors) + 16);
            uint mask = MaskOf(total0, total1, thresholds[block]);
            masks[block] = mask;
            any |= Any(mask, block);
        }

        return any;
    }

    /// <summary>Adds a row of codes to its sums, of the first and the last 16 vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(byte* at, int* w, nint ahead, ref Vector256<short> first0, ref Vector256<short> first1, ref Vector256<short> second0, ref Vector256<short> second1)
    {
        var low = Vector256.Create((byte)15);
        Vector256<byte> v0 = Vector256.LoadAligned(at), v1 = Vector256.LoadAligned(at + 32);
        Sse.Prefetch1(at + ahead);
        Vector256<sbyte> w1 = Vector256.Create(w[0]).AsSByte(), w2 = Vector256.Create(w[1]).AsSByte();
        first0 += Avx2.MultiplyAddAdjacent(v0, w1);
        first1 += Avx2.MultiplyAddAdjacent(v1, w1);
        second0 += Avx2.MultiplyAddAdjacent(v0 & low, w2);
        second1 += Avx2.MultiplyAddAdjacent(v1 & low, w2);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ulong Nibbles128(CodeLayout layout, CodeQuery query, CodePlanes codes, int* places, bool headOnly, int blocks, short* thresholds, short* totals, uint* masks)
    {
        int headRows = layout.HeadRows, rows = headOnly ? headRows : layout.Rows;
        var low = Vector128.Create((byte)15);
        ulong any = 0;
        for (int block = 0; block < blocks; block++)
        {
            var planes = codes.At(layout, places == null ? block : places[block]);
            uint mask = 0;
            for (int part = 0; part < 4; part++)
            {
                Vector128<short> total = default;
                for (int segment = 0, row = 0; row < rows; segment++)
                {
                    var (start1, start2) = StartOf(layout, query, segment, headOnly);
                    Vector128<short> first = Vector128.Create(start1), second = Vector128.Create(start2);
                    for (int last = Math.Min(rows, row + layout.SegmentRows); row < last; row++)
                    {
                        var v = Vector128.Load((row < headRows ? planes.Head + CodeLayout.RowBytes + (row * CodeLayout.RowBytes) : planes.Tail + ((row - headRows) * CodeLayout.RowBytes)) + (16 * part));
                        first += Ssse3.MultiplyAddAdjacent(v, Vector128.Create(query.Weights[2 * row]).AsSByte());
                        second += Ssse3.MultiplyAddAdjacent(v & low, Vector128.Create(query.Weights[(2 * row) + 1]).AsSByte());
                    }

                    total += Vector128.ShiftRightArithmetic(Vector128.ShiftRightArithmetic(first, 3) + second, layout.Shift);
                }

                total = Ssse3.MultiplyHighRoundScale(total, Vector128.Load((short*)planes.Head + (8 * part)));
                total.Store(totals + (block * CodeLayout.BlockVectors) + (8 * part));
                mask |= MaskOf(Vector128.GreaterThan(total, Vector128.Create(thresholds[block]))) << (8 * part);
            }

            masks[block] = mask;
            any |= Any(mask, block);
        }

        return any;
    }

    private static ulong RunBytes(CodeLayout layout, CodeQuery query, byte* codes, int blocks, short* thresholds, short* totals, uint* masks)
    {
        if (Vector512.IsHardwareAccelerated && Avx512BW.IsSupported) return Bytes512(layout, query, codes, blocks, thresholds, totals, masks);
        if (Avx2.IsSupported) return Bytes256(layout, query, codes, blocks, thresholds, totals, masks);
        return Reference(layout, query, new CodePlanes(codes, null), blocks, thresholds, totals, masks);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ulong Bytes512(CodeLayout layout, CodeQuery query, byte* codes, int blocks, short* thresholds, short* totals, uint* masks)
    {
        int rows = layout.Rows, segments = layout.Segments, segmentRows = layout.SegmentRows, shift = layout.Shift;
        ulong any = 0;
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
            uint mask = MaskOf(total, thresholds[block]);
            masks[block] = mask;
            any |= Any(mask, block);
        }

        return any;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ulong Bytes256(CodeLayout layout, CodeQuery query, byte* codes, int blocks, short* thresholds, short* totals, uint* masks)
    {
        int rows = layout.Rows, segments = layout.Segments, segmentRows = layout.SegmentRows, shift = layout.Shift;
        ulong any = 0;
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

            total0.Store(totals + (block * CodeLayout.BlockVectors));
            total1.Store(totals + (block * CodeLayout.BlockVectors) + 16);
            uint mask = MaskOf(total0, total1, thresholds[block]);
            masks[block] = mask;
            any |= Any(mask, block);
        }

        return any;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint MaskOf(Vector256<short> total0, Vector256<short> total1, short threshold)
    {
        var bar = Vector256.Create(threshold);

        // Packing works within 128-bit halves: the middle quarters change places.
        var packed = Avx2.PackSignedSaturate(Vector256.GreaterThan(total0, bar), Vector256.GreaterThan(total1, bar)).AsInt64();
        return Avx2.Permute4x64(packed, 0b11_01_10_00).AsByte().ExtractMostSignificantBits();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Any(uint mask, int block) => (mask != 0 ? 1ul : 0ul) << block;

    private static uint MaskOf(Vector128<short> marks) => Vector128.Narrow(marks, Vector128<short>.Zero).ExtractMostSignificantBits();
}
