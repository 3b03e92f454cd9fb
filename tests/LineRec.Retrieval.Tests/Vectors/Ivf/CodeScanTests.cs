using CsCheck;

namespace LineRec.Retrieval.Tests.Vectors.Ivf;

/// <summary>The scan that the processor runs gives the bits of the plain one, and its totals are the inner products that they stand for. CI runs this with instruction sets switched off, too.</summary>
public unsafe class CodeScanTests
{
    private const int Blocks = 3;

    private static readonly Gen<float> Weight = Gen.Frequency((8, Gen.Float[-1f, 1f]), (1, Gen.OneOf(0f, 1f, -1f)), (1, Gen.Float[-100f, 100f]));

    public static TheoryData<int, int> Shapes
    {
        get
        {
            var shapes = new TheoryData<int, int>();
            for (int dimension = 1; dimension <= 256; dimension++)
            {
                shapes.Add(dimension, 4);
                shapes.Add(dimension, 8);
            }

            return shapes;
        }
    }

    [Fact]
    public void Every_length_gives_the_bits_of_the_plain_scan()
    {
        var random = new Random(1);
        foreach (var (dimension, bits) in Shapes.Select(s => s.Data)) Compare(dimension, bits, [.. Enumerable.Range(0, dimension).Select(_ => (random.NextSingle() * 2) - 1)], random, extreme: false);
    }

    [Fact]
    public void Queries_of_any_shape_against_the_longest_codes_dont_overflow() => (
        from dimension in Gen.Int[1, 300]
        from bits in Gen.OneOf(4, 8)
        from query in Weight.Array[dimension]
        from seed in Gen.Int
        select (dimension, bits, query, seed)).Sample(c => Compare(c.dimension, c.bits, c.query, new Random(c.seed), extreme: true), iter: 400, threads: 1);

    private static void Compare(int dimension, int bits, float[] values, Random random, bool extreme)
    {
        var layout = new CodeLayout(dimension, bits);
        int vectors = Blocks * CodeLayout.BlockVectors, top = (1 << bits) - 1;
        byte* codes = LargePages.Allocate(Blocks * layout.BlockBytes);
        var planes = new CodePlanes(codes, codes + (Blocks * layout.HeadBytes));
        try
        {
            // In the extreme case some vectors' codes all push the same way as the query, to the end of the range.
            double[] high = new double[layout.Segments], low = new double[layout.Segments];
            float highRadius = 1, lowRadius = 1, centre = bits == 4 ? CodeLayout.NibbleCentre : CodeLayout.ByteCentre;
            for (int v = 0; v < vectors; v++)
            {
                Array.Clear(high);
                Array.Clear(low);
                if (bits == 4) layout.ScaleOf(planes, v / CodeLayout.BlockVectors, v % CodeLayout.BlockVectors) = (short)(v % 5 == 0 ? CodeLayout.One - 1 : random.Next(1, CodeLayout.One));
                for (int j = 0; j < dimension; j++)
                {
                    int code = extreme && v % 3 == 0 ? (values[j] > 0 ? top : 0) : extreme && v % 3 == 1 ? (values[j] > 0 ? 0 : top) : random.Next(top + 1);
                    layout.Put(planes, v / CodeLayout.BlockVectors, j, v % CodeLayout.BlockVectors, code);
                    (bits == 8 || CodeLayout.IsHigh(j) ? high : low)[layout.SegmentOf(j)] += (code - centre) * (code - centre);
                }

                (highRadius, lowRadius) = (Math.Max(highRadius, (float)Math.Sqrt(high.Max()) * 1.0001f), Math.Max(lowRadius, (float)Math.Sqrt(low.Max()) * 1.0001f));
            }

            var query = new CodeQuery(layout);
            query.Set(values, highRadius, lowRadius);
            short[] thresholds = [0, -500, short.MaxValue], totals = new short[vectors], plainTotals = new short[vectors];
            uint[] masks = new uint[Blocks], plainMasks = new uint[Blocks];
            fixed (short* t = thresholds, a = totals, b = plainTotals)
            fixed (uint* m = masks, n = plainMasks)
            {
                foreach (bool headOnly in new[] { true, false })
                {
                    CodeScan.Run(layout, query, planes, Blocks, t, a, m, headOnly);
                    CodeScan.Reference(layout, query, planes, Blocks, t, b, n, headOnly);
                    Assert.Equal(plainTotals, totals);
                    Assert.Equal(plainMasks, masks);
                }
            }

            if (bits == 4) CompareListed(layout, query, planes);
            if (bits == 4) ComparePair(layout, query, values, (highRadius, lowRadius), planes);
            for (int v = 0; v < vectors; v++)
            {
                double exact = 0, square = 0, scale = bits == 8 ? 1 : layout.ScaleOf(planes, v / CodeLayout.BlockVectors, v % CodeLayout.BlockVectors) / (double)CodeLayout.One;
                for (int j = 0; j < dimension; j++)
                {
                    double code = layout.Get(planes, v / CodeLayout.BlockVectors, j, v % CodeLayout.BlockVectors) - centre;
                    (exact, square) = (exact + (code * values[j]), square + (code * code));
                }

                // The bound on which exact search relies.
                double off = (exact * scale) - ((double)totals[v] * query.Unit), allowed = (query.Rounding * Math.Sqrt(square) * scale * 1.001) + (query.TotalSlack * (double)query.Unit);
                Assert.True(Math.Abs(off) <= allowed, $"dimension {dimension}, {bits} bits: off by {off}, allowed {allowed}");
            }
        }
        finally
        {
            System.Runtime.InteropServices.NativeMemory.AlignedFree(codes);
        }
    }

    /// <summary>Blocks that lie anywhere, some of them twice, give what each gives where it lies.</summary>
    private static void CompareListed(CodeLayout layout, CodeQuery query, CodePlanes planes)
    {
        int[] places = [2, 0, 0, 1, .. Enumerable.Repeat(1, CodeScan.ListedAhead)];
        const int Listed = 4;
        short[] thresholds = [0, -500, 300, 20], totals = new short[Listed * CodeLayout.BlockVectors], plainTotals = new short[CodeLayout.BlockVectors];
        uint[] masks = new uint[Listed];
        fixed (int* p = places)
        fixed (short* t = thresholds, a = totals, b = plainTotals)
        fixed (uint* m = masks)
        {
            ulong marked = CodeScan.RunListed(layout, query, planes, p, Listed, t, a, m);
            for (int i = 0; i < Listed; i++)
            {
                uint mask;
                CodeScan.Reference(layout, query, planes.At(layout, places[i]), 1, t + i, b, &mask);
                Assert.Equal(plainTotals, totals.AsSpan(i * CodeLayout.BlockVectors, CodeLayout.BlockVectors).ToArray());
                Assert.Equal(mask, masks[i]);
                Assert.Equal(mask != 0, (marked >> i & 1) != 0);
            }

            Assert.Equal(0ul, marked >> Listed);
        }
    }

    /// <summary>A pair's marks are those of each of its queries alone, where the first plane passes its threshold.</summary>
    private static void ComparePair(CodeLayout layout, CodeQuery query, float[] values, (float High, float Low) radii, CodePlanes planes)
    {
        var other = new CodeQuery(layout);
        other.Set([.. values.Reverse()], radii.High, radii.Low);
        short[] heads = [-20, 90, short.MinValue], thresholds = [0, -500, 300], otherHeads = [30_000, 0, -300], otherThresholds = [3, -40, 200], totals = new short[Blocks * CodeLayout.BlockVectors];
        uint[] masks = new uint[Blocks], otherMasks = new uint[Blocks];
        fixed (short* h = heads, t = thresholds, g = otherHeads, u = otherThresholds, s = totals)
        fixed (uint* m = masks, n = otherMasks)
        {
            for (int blocks = 1; blocks <= Blocks; blocks++)
            {
                var (first, second) = CodeScan.MarkPair(layout, new(query, h, t, m), new(other, g, u, n), planes, blocks, s);
                Check(layout, query, planes, blocks, h, t, first, masks);
                Check(layout, other, planes, blocks, g, u, second, otherMasks);
            }
        }
    }

    private static void Check(CodeLayout layout, CodeQuery query, CodePlanes planes, int blocks, short* heads, short* thresholds, ulong marked, uint[] masks)
    {
        short* totals = stackalloc short[Blocks * CodeLayout.BlockVectors];
        uint* heard = stackalloc uint[Blocks], expected = stackalloc uint[Blocks];
        CodeScan.Reference(layout, query, planes, blocks, heads, totals, heard, headOnly: true);
        CodeScan.Reference(layout, query, planes, blocks, thresholds, totals, expected);
        for (int b = 0; b < blocks; b++)
        {
            // What passes both must be marked; what fails the second must not. A block whose second plane was read for another's sake may have more.
            uint found = (marked >> b & 1) == 0 ? 0 : masks[b];
            Assert.Equal(0u, found & ~expected[b]);
            if (heard[b] != 0) Assert.Equal(expected[b], found);
        }

        Assert.Equal(0ul, marked >> blocks);
    }
}
