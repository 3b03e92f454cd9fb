using System.Numerics.Tensors;

namespace LineRec.Retrieval.Tests.Vectors;

public unsafe class SieveTests
{
    private const int Queries = 77, K = 5;

    // Without a kernel there is no sieve, and scoring is slow.
    private static readonly int Rows = SieveKernel.IsSupported ? 6_000 : 600;

    public static TheoryData<string, VectorMetric> Cases()
    {
        var cases = new TheoryData<string, VectorMetric>();
        foreach (string kind in new[] { "normal", "ties", "duplicates", "zeros", "lengths", "strange", "clustered", "denormal", "peaks", "level", "ascending" })
        {
            foreach (var metric in Enum.GetValues<VectorMetric>()) cases.Add(kind, metric);
        }

        return cases;
    }

    /// <summary>Batches so large that most rows go through the sieve; single queries know nothing of it.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Batches_answer_as_single_queries_do_bit_for_bit(string kind, VectorMetric metric)
    {
        foreach (int dimension in new[] { 3, 16, 50, 129, 256 })
        {
            var random = new Random(dimension);
            float[] values = Vectors(kind, Rows, dimension, random), queries = Vectors(kind, Queries, dimension, random);
            for (int q = 0; q < Queries; q += 3) values.AsSpan(random.Next(Rows) * dimension, dimension).CopyTo(queries.AsSpan(q * dimension)); // some queries are rows
            using var matrix = new NpyMatrix<float>(values, dimension);
            var index = new FlatIndex(matrix, metric);
            var (rows, scores) = (new int[Queries * K], new float[Queries * K]);
            index.SearchBatch(queries, K, rows, scores);
            for (int q = 0; q < Queries; q++)
            {
                var (own, ownScores) = (new int[K], new float[K]);
                Assert.Equal(K, index.Search(queries.AsSpan(q * dimension, dimension), own, ownScores));
                Assert.Equal(own, rows[(q * K)..((q + 1) * K)]);
                Assert.Equal(ownScores, scores[(q * K)..((q + 1) * K)]);
            }
        }
    }

    /// <summary>The two bounds that all rests on: sums of codes fit into 16 bits, and what rounding takes is at most what its lengths say.</summary>
    [Theory]
    [InlineData("normal")]
    [InlineData("ties")]
    [InlineData("lengths")]
    [InlineData("clustered")]
    [InlineData("peaks")]
    [InlineData("level")]
    public void Codes_keep_what_they_promise(string kind)
    {
        foreach (int dimension in new[] { 1, 2, 4, 17, 64, 100, 256 })
        {
            var random = new Random(dimension);
            float[] values = [.. Vectors(kind, 200, dimension, random), .. new float[DotProduct.Lanes]];
            int length = DotProduct.PaddedLength(dimension);
            byte[] row = new byte[length], query = new byte[length];
            float[] padded = new float[length];
            fixed (float* v = values, p = padded)
            fixed (byte* r = row, q = query)
            {
                for (int i = 0; i < 199; i++)
                {
                    // Each with itself, too: no product is greater.
                    foreach (int other in new[] { i, i + 1 })
                    {
                        values.AsSpan(other * dimension, dimension).CopyTo(padded);
                        SieveCodes a = SieveCodes.Row(v + (i * dimension), dimension, r), b = SieveCodes.Query(p, dimension, q);
                        if (float.IsNaN(a.Scale) || float.IsNaN(b.Scale)) continue; // too short or too long, as "lengths" has them
                        long product = 0;
                        double exact = 0;
                        for (int d = 0; d < dimension; d++)
                        {
                            product += (row[d] - SieveCodes.RowOffset) * (sbyte)query[d];
                            exact += (double)values[(i * dimension) + d] * padded[d];
                            Assert.True(2 * Math.Max(row[d], 2 * SieveCodes.RowOffset - row[d]) * Math.Abs((int)(sbyte)query[d]) <= short.MaxValue);
                        }

                        Assert.InRange(product, short.MinValue, short.MaxValue);
                        double bound = (b.ScaledLength * a.Rest) + (b.Rest * (a.ScaledLength + a.Rest));
                        Assert.True(Math.Abs((exact * a.Scale * b.Scale) - product) <= bound, $"{kind}, {dimension}: {exact * a.Scale * b.Scale} and {product} differ by more than {bound}.");
                    }
                }
            }
        }
    }

    private static float[] Vectors(string kind, int count, int dimension, Random random)
    {
        float[] values = new float[count * dimension];
        float[] center = new float[dimension];
        for (int i = 0; i < count; i++)
        {
            if (i % 500 == 0) FillNormal(center, random);
            var vector = values.AsSpan(i * dimension, dimension);
            FillNormal(vector, random);
            switch (kind)
            {
                case "ties":
                    foreach (ref float v in vector) v = MathF.Round(v);
                    break;
                case "duplicates" when i > 0 && i % 4 != 0:
                    values.AsSpan(random.Next(i) * dimension, dimension).CopyTo(vector);
                    break;
                case "zeros" when i % 3 == 0:
                    vector.Clear();
                    break;
                case "lengths":
                    TensorPrimitives.Multiply(vector, MathF.Pow(10, (random.NextSingle() * 36) - 18), vector);
                    break;
                case "strange" when i % 7 == 0:
                    vector[random.Next(dimension)] = new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, 1e30f }[random.Next(5)];
                    break;
                case "clustered":
                    for (int d = 0; d < dimension; d++) vector[d] = center[d] + (vector[d] / 1000);
                    break;
                case "denormal" when i % 2 == 0:
                    TensorPrimitives.Multiply(vector, 1e-41f, vector);
                    break;
                case "peaks":
                    vector[random.Next(dimension)] = 1000 * (random.NextSingle() - 0.5f);
                    break;
                case "level": // each value is rounded the same way: all errors add up
                    foreach (ref float v in vector) v = 1 + (v / 1000);
                    break;
                case "ascending":
                    TensorPrimitives.Multiply(vector, 1 + (i / 100f), vector);
                    break;
            }
        }

        return values;
    }

    private static void FillNormal(Span<float> values, Random random)
    {
        foreach (ref float v in values) v = MathF.Sqrt(-2 * MathF.Log(1 - random.NextSingle())) * MathF.Cos(MathF.Tau * random.NextSingle());
    }
}
