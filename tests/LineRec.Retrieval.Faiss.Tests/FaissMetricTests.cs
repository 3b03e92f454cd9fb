namespace LineRec.Retrieval.Faiss.Tests;

public class FaissMetricTests
{
    private const int Count = 500, Dimension = 12;

    [Theory]
    [InlineData(VectorMetric.InnerProduct)]
    [InlineData(VectorMetric.Cosine)]
    [InlineData(VectorMetric.L2)]
    public void A_flat_index_gives_the_metrics_scores(VectorMetric metric)
    {
        float[] values = Points.Random(Count, Dimension, 1), query = Points.Random(1, Dimension, 2);
        using var vectors = new NpyMatrix<float>(values, Dimension);
        using var index = FaissIndex.Build(vectors, "Flat", metric);
        var best = Points.Best(Points.Rows(values, Dimension), query, 30, metric);

        var found = Points.Find(index, query, 30);

        Assert.Equal((metric, true), (index.Metric, index.IsExact));
        Assert.Equal(best.Select(b => b.Row), found.Select(f => f.Row));
        Assert.All(best.Zip(found), p => Assert.Equal(p.First.Score, p.Second.Score, 1e-5));
    }

    [Theory]
    [InlineData("Flat")]
    [InlineData("HNSW8")]
    [InlineData("IVF4,Flat")]
    public void Equal_scores_come_by_ascending_row_whatever_came_first(string factory)
    {
        // The better half comes late, so that the worse half is evicted one by one: its lowest rows must be the ones that stay.
        float[] values = [.. Enumerable.Range(0, 300).SelectMany(i => new[] { i >= 295 ? 2f : 1f, 0f })];
        using var vectors = new NpyMatrix<float>(values, 2);
        using var index = FaissIndex.Build(vectors, factory);
        if (factory.StartsWith("IVF", StringComparison.Ordinal)) index.SetParameter("nprobe", 4);
        foreach (int k in (int[])[6, 8, 120])
        {
            Assert.Equal([295, 296, 297, 298, 299, .. Enumerable.Range(0, k - 5)], Points.Find(index, [1f, 0f], k).Select(f => f.Row));
        }
    }

    [Theory]
    [InlineData(VectorMetric.InnerProduct)]
    [InlineData(VectorMetric.Cosine)]
    [InlineData(VectorMetric.L2)]
    public void Vectors_that_FAISS_cannot_take_are_scored_beside_it(VectorMetric metric)
    {
        float[][] vectors = [[1f, 0f], [float.NaN, 1f], [0f, 0f], [0.5f, 0.5f], [float.PositiveInfinity, 0f], [1e30f, 1e30f]];
        using var matrix = new NpyMatrix<float>([.. vectors.SelectMany(v => v)], 2);
        using var index = FaissIndex.Build(matrix, "Flat", metric);
        float[] query = [1f, 0.25f];

        var found = Points.Find(index, query, 10);

        Assert.Equal(6, found.Length);
        int numbers = found.TakeWhile(f => !float.IsNaN(f.Score)).Count();
        Assert.All(found.Skip(numbers), f => Assert.True(float.IsNaN(f.Score)));
        Assert.Equal(found.Skip(numbers).Select(f => f.Row).Order(), found.Skip(numbers).Select(f => f.Row));
        int[] expected = metric switch
        {
            VectorMetric.InnerProduct => [4, 5, 0, 3, 2, 1],
            VectorMetric.Cosine => [0, 3, 5, 1, 2, 4],
            _ => [0, 3, 2, 4, 5, 1],
        };
        Assert.Equal(expected, found.Select(f => f.Row));
    }

    [Fact]
    public void A_query_with_NaN_finds_the_lowest_rows_without_scores()
    {
        using var vectors = new NpyMatrix<float>(Points.Random(40, 4, 1), 4);
        using var index = FaissIndex.Build(vectors, "HNSW8");
        index.Remove(1);

        var found = Points.Find(index, [1f, float.NaN, 0f, 0f], 3, new RowSet(40, [1, 5, 9, 11, 30]));

        Assert.Equal([5, 9, 11], found.Select(f => f.Row));
        Assert.All(found, f => Assert.True(float.IsNaN(f.Score)));
    }
}
