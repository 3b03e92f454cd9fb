using CsCheck;

namespace LineRec.Retrieval.Tests.Vectors.Ivf;

/// <summary>Exact answers are those of brute force, bit for bit and in the same order, whatever the data.</summary>
public class IvfExactTests
{
    private sealed record Case(VectorMetric Metric, int Dimension, float[] Vectors, float[] Query, int K, int Lists, int[]? Eligible);

    private static readonly Gen<float> Ordinary = Gen.Float[-1f, 1f];

    /// <summary>Ties, zeros, huge and tiny sizes, denormals, NaN and infinities.</summary>
    private static readonly Gen<float> Odd = Gen.OneOf(
        Gen.OneOf(-1f, -0.5f, 0f, 0.5f, 1f),
        Gen.OneOf(1e-42f, -1e-42f, 1e-20f, 1e20f, -1e20f, 3e38f),
        Gen.OneOf(float.NaN, float.PositiveInfinity, float.NegativeInfinity, -0f));

    private static readonly Gen<float> Value = Gen.Frequency((6, Ordinary), (3, Gen.OneOf(-1f, -0.5f, 0f, 0.5f, 1f)), (1, Odd));

    private static Gen<float[]> Vectors(int dimension, int count) => Gen.OneOf(
        Ordinary.Array[count * dimension],
        Gen.OneOf(-1f, 0f, 1f).Array[count * dimension],
        Value.Array[count * dimension],
        Clustered(dimension, count),
        from one in Ordinary.Array[dimension] select Enumerable.Repeat(one, count).SelectMany(v => v).ToArray());

    private static Gen<float[]> Clustered(int dimension, int count) =>
        from centres in Ordinary.Array[5 * dimension]
        from size in Gen.OneOf(1e-6f, 1e-3f, 1f, 1e4f)
        from noise in Ordinary.Array[count * dimension]
        select noise.Select((x, i) => size * (centres[(i / dimension % 5 * dimension) + (i % dimension)] + (0.01f * x))).ToArray();

    private static readonly Gen<Case> Cases =
        from metric in Gen.Enum<VectorMetric>()
        from dimension in Gen.OneOf(Gen.Int[1, 40], Gen.OneOf(64, 100, 129, 200, 260))
        from count in Gen.Int[0, 400]
        from vectors in Vectors(dimension, count)
        from free in Gen.OneOf(Ordinary.Array[dimension], Value.Array[dimension])
        from own in Gen.Int[-1, count - 1]
        from k in Gen.OneOf(Gen.Int[0, 20], Gen.Int[0, 450])
        from lists in Gen.Int[0, 20]
        from eligible in Gen.OneOf(Gen.Const((int[]?)null), Gen.Int[0, Math.Max(0, count)].Array[0, 60].Select(a => (int[]?)a))
        select new Case(metric, dimension, vectors, own < 0 ? free : vectors.AsSpan(own * dimension, dimension).ToArray(), k, lists, eligible);

    [Fact]
    public void Answers_are_those_of_brute_force_bit_for_bit() => Cases.Sample(Check, iter: 1_500, threads: 1);

    [Theory]
    [InlineData(24)]
    [InlineData(64)]
    [InlineData(150)]
    public void Batches_answer_as_single_queries_do(int dimension)
    {
        const int Queries = 261, K = 12;
        using var vectors = new NpyMatrix<float>(Random(3_000 * dimension, 1), dimension);
        float[] queries = Random(Queries * dimension, 2);
        queries.AsSpan(5 * dimension, dimension).Clear();
        foreach (var metric in Enum.GetValues<VectorMetric>())
        {
            using var index = IvfIndex.Build(vectors, new IvfOptions { Metric = metric, Probe = IvfProbe.Exact });
            var (rows, scores) = (new int[Queries * K], new float[Queries * K]);
            index.SearchBatch(queries, K, rows, scores);
            for (int q = 0; q < Queries; q++)
            {
                var (own, ownScores) = (new int[K], new float[K]);
                index.Search(queries.AsSpan(q * dimension, dimension), own, ownScores);
                Assert.Equal(own, rows[(q * K)..((q + 1) * K)]);
                Assert.Equal(ownScores, scores[(q * K)..((q + 1) * K)]);
            }
        }
    }

    [Fact]
    public void A_long_scan_of_equal_vectors_gives_the_first_rows()
    {
        using var vectors = new NpyMatrix<float>([.. Enumerable.Repeat(new[] { 1f, 2f, 3f, 4f }, 20_000).SelectMany(v => v)], 4);
        using var index = IvfIndex.Build(vectors, new IvfOptions { Probe = IvfProbe.Exact });
        var (rows, scores) = (new int[10], new float[10]);
        index.Search([1f, 0f, 0f, 0f], rows, scores);
        Assert.Equal(Enumerable.Range(0, 10), rows);
    }

    private static void Check(Case c)
    {
        using var vectors = new NpyMatrix<float>(c.Vectors, c.Dimension);
        using var index = IvfIndex.Build(vectors, new IvfOptions { Metric = c.Metric, Lists = c.Lists, Iterations = 3, Probe = IvfProbe.Exact, Threads = 1 });
        var eligible = c.Eligible is null ? null : new RowSet(vectors.Rows + 1, c.Eligible);
        var expected = Answer(new FlatIndex(vectors, c.Metric), c, eligible);
        Assert.Equal(expected, Answer(index, c, eligible));
        CheckBatch(index, vectors, c, eligible);
        CheckBatch(new FlatIndex(vectors, c.Metric), vectors, c, eligible);
    }

    /// <summary>A batch of the query, of some of the vectors, and of the query again.</summary>
    private static void CheckBatch(IVectorIndex index, NpyMatrix<float> vectors, Case c, RowSet? eligible)
    {
        float[][] queries = [c.Query, .. Enumerable.Range(0, Math.Min(3, vectors.Rows)).Select(row => vectors[row].ToArray()), c.Query];
        var (rows, scores) = (new int[queries.Length * c.K], new float[queries.Length * c.K]);
        index.SearchBatch([.. queries.SelectMany(q => q)], c.K, rows, scores, eligible);
        for (int q = 0; q < queries.Length; q++)
        {
            ulong[] expected = Answer(new FlatIndex(vectors, c.Metric), c with { Query = queries[q] }, eligible);
            Assert.Equal(expected, rows.Skip(q * c.K).Zip(scores.Skip(q * c.K), (row, score) => CandidateOrder.Key(score, row)).Take(expected.Length));
            Assert.All(rows[((q * c.K) + expected.Length)..((q + 1) * c.K)], row => Assert.Equal(-1, row));
        }
    }

    private static ulong[] Answer(IVectorIndex index, Case c, RowSet? eligible)
    {
        var (rows, scores) = (new int[c.K], new float[c.K]);
        int found = index.Search(c.Query, rows, scores, eligible);
        return [.. rows.Zip(scores, (row, score) => CandidateOrder.Key(score, row)).Take(found)];
    }

    private static float[] Random(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 2) - 1)];
    }
}
