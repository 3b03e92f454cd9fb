using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LineRec.Retrieval;

/// <summary>Scans of 4-bit codes for two queries at once: what is loaded and taken apart serves both.</summary>
internal static unsafe partial class CodeScan
{
    /// <summary>A query, its thresholds a block for the first plane's totals and for both planes', and room for its marks.</summary>
    public readonly ref struct QueryMarks(CodeQuery query, short* headThresholds, short* thresholds, uint* masks)
    {
        public readonly CodeQuery Query = query;
        public readonly short* HeadThresholds = headThresholds;
        public readonly short* Thresholds = thresholds;
        public readonly uint* Masks = masks;
    }

    /// <summary>
    /// Marks the vectors whose totals pass a threshold, for two queries. Second planes are read where a vector of the first passes the threshold for it.
    /// </summary>
    /// <param name="layout">The blocks' layout, of 4-bit codes.</param>
    /// <param name="one">The first query.</param>
    /// <param name="two">The second.</param>
    /// <param name="codes">The first block.</param>
    /// <param name="blocks">How many, up to 64.</param>
    /// <param name="totals">Room for 32 totals a block; what is left there has no meaning.</param>
    /// <returns>For each query a bit for each block that has marks; masks of other blocks have no meaning.</returns>
    public static (ulong First, ulong Second) MarkPair(CodeLayout layout, in QueryMarks one, in QueryMarks two, CodePlanes codes, int blocks, short* totals)
    {
        if (layout.Segments == 1 && Vector512.IsHardwareAccelerated && Avx512BW.IsSupported) return Pair512(layout, one, two, codes, blocks);
        if (layout.Segments == 1 && Avx2.IsSupported) return Pair256(layout, one, two, codes, blocks);
        return (Mark(layout, one, codes, blocks, totals), Mark(layout, two, codes, blocks, totals));
    }

    /// <summary>The same for one query.</summary>
    internal static ulong Mark(CodeLayout layout, in QueryMarks one, CodePlanes codes, int blocks, short* totals)
    {
        ulong any = 0;
        for (ulong passing = Run(layout, one.Query, codes, blocks, one.HeadThresholds, totals, one.Masks, headOnly: true); passing != 0; passing &= passing - 1)
        {
            int block = System.Numerics.BitOperations.TrailingZeroCount(passing);
            any |= Run(layout, one.Query, codes.At(layout, block), 1, one.Thresholds + block, totals, one.Masks + block) << block;
        }

        return any;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (ulong First, ulong Second) Pair512(CodeLayout layout, in QueryMarks one, in QueryMarks two, CodePlanes codes, int blocks)
    {
        int headRows = layout.HeadRows, rows = layout.Rows;
        CodeQuery query0 = one.Query, query1 = two.Query;
        (short head01, short head02) = query0.HeadStart;
        (short head11, short head12) = query1.HeadStart;
        short rest01 = (short)(query0.Starts[0] - head01), rest02 = (short)(query0.Starts[1] - head02), rest11 = (short)(query1.Starts[0] - head11), rest12 = (short)(query1.Starts[1] - head12);
        ulong any0 = 0, any1 = 0;
        for (int block = 0; block < blocks; block += 2)
        {
            // Two blocks side by side; where the last has no neighbour, it is its own.
            int blockB = Math.Min(block + 1, blocks - 1);
            CodePlanes a = codes.At(layout, block), b = codes.At(layout, blockB);
            int* w0 = query0.Weights;
            int* w1 = query1.Weights;
            Vector512<short> first0A = Vector512.Create(head01), first0B = first0A, first1A = Vector512.Create(head11), first1B = first1A;
            Vector512<short> second0A = Vector512.Create(head02), second0B = second0A, second1A = Vector512.Create(head12), second1B = second1A;
            byte* at = a.Head + CodeLayout.RowBytes;
            nint next = (nint)(b.Head - a.Head);
            for (int row = 0; row < headRows; row++, at += CodeLayout.RowBytes, w0 += 2, w1 += 2) Add(at, next, w0, w1, ref first0A, ref first0B, ref first1A, ref first1B, ref second0A, ref second0B, ref second1A, ref second1B);
            Vector512<short> scaleA = Vector512.LoadAligned((short*)a.Head), scaleB = Vector512.LoadAligned((short*)b.Head);
            if ((Passing(first0A, second0A, scaleA, one.HeadThresholds[block]) | Passing(first0B, second0B, scaleB, one.HeadThresholds[blockB]) | Passing(first1A, second1A, scaleA, two.HeadThresholds[block]) | Passing(first1B, second1B, scaleB, two.HeadThresholds[blockB])) == 0) continue;

            // The sums go on in the second plane, which brings its share of what they start from.
            (first0A, first0B, first1A, first1B) = (first0A + Vector512.Create(rest01), first0B + Vector512.Create(rest01), first1A + Vector512.Create(rest11), first1B + Vector512.Create(rest11));
            (second0A, second0B, second1A, second1B) = (second0A + Vector512.Create(rest02), second0B + Vector512.Create(rest02), second1A + Vector512.Create(rest12), second1B + Vector512.Create(rest12));
            at = a.Tail;
            next = (nint)(b.Tail - a.Tail);
            for (int row = headRows; row < rows; row++, at += CodeLayout.RowBytes, w0 += 2, w1 += 2) Add(at, next, w0, w1, ref first0A, ref first0B, ref first1A, ref first1B, ref second0A, ref second0B, ref second1A, ref second1B);
            uint mask0A = Passing(first0A, second0A, scaleA, one.Thresholds[block]), mask1A = Passing(first1A, second1A, scaleA, two.Thresholds[block]), mask0B = Passing(first0B, second0B, scaleB, one.Thresholds[blockB]), mask1B = Passing(first1B, second1B, scaleB, two.Thresholds[blockB]);
            (one.Masks[block], two.Masks[block], one.Masks[blockB], two.Masks[blockB]) = (mask0A, mask1A, mask0B, mask1B);
            any0 |= Any(mask0A, block) | Any(mask0B, blockB);
            any1 |= Any(mask1A, block) | Any(mask1B, blockB);
        }

        return (any0, any1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Passing(Vector512<short> first, Vector512<short> second, Vector512<short> scale, short threshold) => MaskOf(Avx512BW.MultiplyHighRoundScale(Vector512.ShiftRightArithmetic(first, 3) + second, scale), threshold);

    /// <summary>Adds a row of two blocks to the sums of two queries.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(byte* at, nint next, int* w0, int* w1, ref Vector512<short> first0A, ref Vector512<short> first0B, ref Vector512<short> first1A, ref Vector512<short> first1B, ref Vector512<short> second0A, ref Vector512<short> second0B, ref Vector512<short> second1A, ref Vector512<short> second1B)
    {
        Vector512<byte> a = Vector512.LoadAligned(at), b = Vector512.LoadAligned(at + next);
        Vector512<sbyte> v0 = Vector512.Create(w0[0]).AsSByte(), v1 = Vector512.Create(w1[0]).AsSByte();
        first0A += Avx512BW.MultiplyAddAdjacent(a, v0);
        first0B += Avx512BW.MultiplyAddAdjacent(b, v0);
        first1A += Avx512BW.MultiplyAddAdjacent(a, v1);
        first1B += Avx512BW.MultiplyAddAdjacent(b, v1);
        a &= Vector512.Create((byte)15);
        b &= Vector512.Create((byte)15);
        v0 = Vector512.Create(w0[1]).AsSByte();
        v1 = Vector512.Create(w1[1]).AsSByte();
        second0A += Avx512BW.MultiplyAddAdjacent(a, v0);
        second0B += Avx512BW.MultiplyAddAdjacent(b, v0);
        second1A += Avx512BW.MultiplyAddAdjacent(a, v1);
        second1B += Avx512BW.MultiplyAddAdjacent(b, v1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (ulong First, ulong Second) Pair256(CodeLayout layout, in QueryMarks one, in QueryMarks two, CodePlanes codes, int blocks)
    {
        int headRows = layout.HeadRows, rows = layout.Rows;
        CodeQuery query0 = one.Query, query1 = two.Query;
        (short head01, short head02) = query0.HeadStart;
        (short head11, short head12) = query1.HeadStart;
        short rest01 = (short)(query0.Starts[0] - head01), rest02 = (short)(query0.Starts[1] - head02), rest11 = (short)(query1.Starts[0] - head11), rest12 = (short)(query1.Starts[1] - head12);
        ulong any0 = 0, any1 = 0;
        for (int block = 0; block < blocks; block++)
        {
            var a = codes.At(layout, block);
            int* w0 = query0.Weights;
            int* w1 = query1.Weights;
            Vector256<short> first0A = Vector256.Create(head01), first0B = first0A, first1A = Vector256.Create(head11), first1B = first1A;
            Vector256<short> second0A = Vector256.Create(head02), second0B = second0A, second1A = Vector256.Create(head12), second1B = second1A;
            byte* at = a.Head + CodeLayout.RowBytes;
            for (int row = 0; row < headRows; row++, at += CodeLayout.RowBytes, w0 += 2, w1 += 2) Add(at, w0, w1, ref first0A, ref first0B, ref first1A, ref first1B, ref second0A, ref second0B, ref second1A, ref second1B);
            if ((Passing(first0A, second0A, first0B, second0B, a.Head, one.HeadThresholds[block]) | Passing(first1A, second1A, first1B, second1B, a.Head, two.HeadThresholds[block])) == 0) continue;

            // The sums go on in the second plane, which brings its share of what they start from.
            (first0A, first0B, first1A, first1B) = (first0A + Vector256.Create(rest01), first0B + Vector256.Create(rest01), first1A + Vector256.Create(rest11), first1B + Vector256.Create(rest11));
            (second0A, second0B, second1A, second1B) = (second0A + Vector256.Create(rest02), second0B + Vector256.Create(rest02), second1A + Vector256.Create(rest12), second1B + Vector256.Create(rest12));
            at = a.Tail;
            for (int row = headRows; row < rows; row++, at += CodeLayout.RowBytes, w0 += 2, w1 += 2) Add(at, w0, w1, ref first0A, ref first0B, ref first1A, ref first1B, ref second0A, ref second0B, ref second1A, ref second1B);
            uint mask0 = Passing(first0A, second0A, first0B, second0B, a.Head, one.Thresholds[block]), mask1 = Passing(first1A, second1A, first1B, second1B, a.Head, two.Thresholds[block]);
            (one.Masks[block], two.Masks[block]) = (mask0, mask1);
            any0 |= Any(mask0, block);
            any1 |= Any(mask1, block);
        }

        return (any0, any1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Passing(Vector256<short> firstA, Vector256<short> secondA, Vector256<short> firstB, Vector256<short> secondB, byte* scales, short threshold) => MaskOf(
        Avx2.MultiplyHighRoundScale(Vector256.ShiftRightArithmetic(firstA, 3) + secondA, Vector256.LoadAligned((short*)scales)),
        Avx2.MultiplyHighRoundScale(Vector256.ShiftRightArithmetic(firstB, 3) + secondB, Vector256.LoadAligned((short*)scales + 16)),
        threshold);

    /// <summary>Adds a row of a block's halves to the sums of two queries.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(byte* at, int* w0, int* w1, ref Vector256<short> first0A, ref Vector256<short> first0B, ref Vector256<short> first1A, ref Vector256<short> first1B, ref Vector256<short> second0A, ref Vector256<short> second0B, ref Vector256<short> second1A, ref Vector256<short> second1B)
    {
        Vector256<byte> a = Vector256.LoadAligned(at), b = Vector256.LoadAligned(at + 32);
        var v = Vector256.Create(w0[0]).AsSByte();
        first0A += Avx2.MultiplyAddAdjacent(a, v);
        first0B += Avx2.MultiplyAddAdjacent(b, v);
        v = Vector256.Create(w1[0]).AsSByte();
        first1A += Avx2.MultiplyAddAdjacent(a, v);
        first1B += Avx2.MultiplyAddAdjacent(b, v);
        a &= Vector256.Create((byte)15);
        b &= Vector256.Create((byte)15);
        v = Vector256.Create(w0[1]).AsSByte();
        second0A += Avx2.MultiplyAddAdjacent(a, v);
        second0B += Avx2.MultiplyAddAdjacent(b, v);
        v = Vector256.Create(w1[1]).AsSByte();
        second1A += Avx2.MultiplyAddAdjacent(a, v);
        second1B += Avx2.MultiplyAddAdjacent(b, v);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint MaskOf(Vector512<short> total, short threshold) => (uint)Vector512.GreaterThan(total, Vector512.Create(threshold)).ExtractMostSignificantBits();
}
