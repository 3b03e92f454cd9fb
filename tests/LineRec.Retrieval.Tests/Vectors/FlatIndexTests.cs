using CsCheck;

namespace LineRec.Retrieval.Tests.Vectors;

public class FlatIndexTests
{
    /// <summary>Few distinct values make many ties; NaN and infinities are among them.</summary>
    private static readonly Gen<float> Value = Gen.Frequency(
        (20, Gen.OneOf(-1f, -0.5f, 0f, 0.5f, 1f)),
        (1, Gen.OneOf(float.NaN, float.PositiveInfinity, float.NegativeInfinity, -0f)));

    private static readonly Gen<(int Dimension, float[] Vectors, float[] Query, int K)> Case =
        from dimension in Gen.Int[1, 40]
        from count in Gen.Int[0, 300]
        from vectors in Value.Array[count * dimension]
        from query in Gen.OneOf(-1f, 0f, 0.5f, 2f).Array[dimension]
        from k in Gen.Int[0, 320]
        select (dimension, vectors, query, k);

    [Fact]
    public void Finds_what_brute_force_finds_in_the_same_order_with_the_same_bits() => Case.Sample(c =>
    {
        using var vectors = new NpyMatrix<float>(c.Vectors, c.Dimension);
        var (rows, scores) = (new int[c.K], new float[c.K]);
        int found = new FlatIndex(vectors).Search(c.Query, rows, scores);
        var expected = Enumerable.Range(0, vectors.Rows)
            .Select(row => CandidateOrder.Key(DotProduct.Reference(vectors[row], c.Query), row))
            .Order().Take(c.K).ToArray();
        Assert.Equal(expected, rows.Zip(scores, (row, score) => CandidateOrder.Key(score, row)).Take(found));
    });

    /// <summary>Several groups of queries over several tiles, the last of each in part.</summary>
    [Theory]
    [InlineData(VectorMetric.InnerProduct, false)]
    [InlineData(VectorMetric.InnerProduct, true)]
    [InlineData(VectorMetric.Cosine, false)]
    [InlineData(VectorMetric.L2, true)]
    public void Batches_answer_as_single_queries_do(VectorMetric metric, bool filtered)
    {
        const int Dimension = 50, Count = 3_001, Queries = 131, K = 40;
        var random = new Random(3);
        using var vectors = new NpyMatrix<float>([.. Enumerable.Range(0, Count * Dimension).Select(_ => random.Next(-3, 4) / 2f)], Dimension);
        float[] queries = [.. Enumerable.Range(0, Queries * Dimension).Select(_ => random.Next(-3, 4) / 2f)];
        var eligible = filtered ? new RowSet(Count, Enumerable.Range(0, 30).Select(i => i * 100)) : null;
        var index = new FlatIndex(vectors, metric);
        var (rows, scores) = (new int[Queries * K], new float[Queries * K]);
        index.SearchBatch(queries, K, rows, scores, eligible);
        for (int q = 0; q < Queries; q++)
        {
            var (own, ownScores) = (new int[K], new float[K]);
            int found = index.Search(queries.AsSpan(q * Dimension, Dimension), own, ownScores, eligible);
            own.AsSpan(found).Fill(-1);
            ownScores.AsSpan(found).Fill(float.NaN);
            Assert.Equal(filtered ? 30 : K, found);
            Assert.Equal(own, rows[(q * K)..((q + 1) * K)]);
            Assert.Equal(ownScores, scores[(q * K)..((q + 1) * K)]);
        }
    }

    [Fact]
    public void A_long_scan_that_cuts_its_buffer_many_times_keeps_the_best()
    {
        const int Count = 20_000;
        float[] ascending = [.. Enumerable.Range(0, Count).Select(i => (float)i)]; // every row beats all before: the worst case
        using var vectors = new NpyMatrix<float>(ascending, 1);
        var (rows, scores) = (new int[10], new float[10]);
        new FlatIndex(vectors).Search([1f], rows, scores);
        Assert.Equal(Enumerable.Range(0, 10).Select(i => Count - 1 - i), rows);
    }

    [Fact]
    public void A_corpus_of_NaN_still_fills_the_answer_and_a_real_score_comes_first()
    {
        float[] values = [.. Enumerable.Repeat(float.NaN, 5_000)];
        values[4_321] = float.NegativeInfinity;
        using var vectors = new NpyMatrix<float>(values, 1);
        var (rows, scores) = (new int[3], new float[3]);
        Assert.Equal(3, new FlatIndex(vectors).Search([1f], rows, scores));
        Assert.Equal([4_321, 0, 1], rows);
    }

    /// <summary>992 values after a header of 128 bytes end with a page: a read past the end would be outside the mapping.</summary>
    [Theory]
    [InlineData(1, 992)]
    [InlineData(31, 32)]
    [InlineData(62, 16)]
    [InlineData(124, 8)]
    [InlineData(248, 4)]
    [InlineData(992, 1)]
    [InlineData(3, 1000)]
    [InlineData(16, 1000)]
    public void A_mapped_file_gives_the_bits_of_the_array_and_nothing_is_read_after_its_end(int dimension, int count)
    {
        string path = Path.Combine(Path.GetTempPath(), $"linerec-{Guid.NewGuid():N}.npy");
        try
        {
            var random = new Random(dimension);
            float[] values = [.. Enumerable.Range(0, count * dimension).Select(_ => (float)random.NextDouble() - 0.5f)];
            float[] query = [.. Enumerable.Range(0, dimension).Select(_ => (float)random.NextDouble() - 0.5f)];
            using var array = new NpyMatrix<float>(values, dimension);
            array.Save(path);
            Assert.True(count * dimension != 992 || new FileInfo(path).Length % Environment.SystemPageSize == 0);
            using var mapped = NpyMatrix<float>.Open(path);
            var (expected, actual) = (Search(new FlatIndex(array), query), Search(new FlatIndex(mapped), query));
            Assert.Equal(expected.Rows, actual.Rows);
            Assert.Equal(expected.Scores, actual.Scores);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Scores_of_given_rows_have_the_bits_of_the_search()
    {
        var random = new Random(5);
        using var vectors = new NpyMatrix<float>([.. Enumerable.Range(0, 500 * 21).Select(_ => (float)random.NextDouble() - 0.5f)], 21);
        float[] query = [.. Enumerable.Range(0, 21).Select(_ => (float)random.NextDouble() - 0.5f)];
        var index = new FlatIndex(vectors);
        var (rows, scores) = Search(index, query);
        var again = new float[rows.Length];
        index.Score(query, rows, again);
        Assert.Equal(scores, again);
    }

    private static (int[] Rows, float[] Scores) Search(FlatIndex index, float[] query)
    {
        var (rows, scores) = (new int[500], new float[500]);
        index.Search(query, rows, scores);
        return (rows, scores);
    }
}
