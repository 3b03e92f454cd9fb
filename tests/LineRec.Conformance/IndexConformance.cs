namespace LineRec.Conformance;

/// <summary>What every vector index must do.</summary>
public abstract class IndexConformance
{
    /// <summary>Makes an index over vectors [items, dimension].</summary>
    protected abstract IVectorIndex Create(NpyMatrix<float> vectors);

    /// <summary>How much a score may differ from the inner product in double precision, relative to the sum of its terms' sizes.</summary>
    protected virtual double Tolerance => 1e-6;

    /// <summary>The share of the true best that a search over clustered data must find; 1 for an exact index.</summary>
    protected virtual double RecallFloor => 1;

    /// <summary>Whether a search allocates nothing once warm.</summary>
    protected virtual bool AllocatesNothing => true;

    private static readonly float[] Query = [1f, 2f];

    private static readonly float[] Three = [1f, 0f, /**/ 0f, 1f, /**/ 1f, 1f];

    [Fact]
    public void Three_vectors_get_known_scores()
    {
        using var vectors = new NpyMatrix<float>(Three, 2);
        AssertAnswer(Search(Create(vectors), Query, 3), (2, 3f), (1, 2f), (0, 1f));
    }

    [Fact]
    public void Says_what_it_holds()
    {
        using var vectors = new NpyMatrix<float>(Three, 2);
        var index = Create(vectors);
        Assert.Equal((3, 2), (index.Count, index.Dimension));
    }

    [Fact]
    public void An_empty_index_finds_nothing()
    {
        using var vectors = new NpyMatrix<float>([], 2);
        Assert.Empty(Search(Create(vectors), Query, 5));
    }

    [Fact]
    public void A_k_over_the_count_gives_all()
    {
        using var vectors = new NpyMatrix<float>(Three, 2);
        Assert.Equal(3, Search(Create(vectors), Query, 50).Length);
    }

    [Fact]
    public void A_k_of_zero_gives_none()
    {
        using var vectors = new NpyMatrix<float>(Three, 2);
        Assert.Empty(Search(Create(vectors), Query, 0));
    }

    [Fact]
    public void Ties_come_by_ascending_row()
    {
        using var vectors = new NpyMatrix<float>([.. Enumerable.Repeat(new[] { 0.5f, 0.25f }, 200).SelectMany(v => v)], 2);
        AssertAnswer(Search(Create(vectors), Query, 4), (0, 1f), (1, 1f), (2, 1f), (3, 1f));
    }

    [Fact]
    public void A_vector_with_NaN_comes_last()
    {
        using var vectors = new NpyMatrix<float>([float.NaN, 0f, /**/ -5f, 0f, /**/ 1f, 0f], 2);
        var found = Search(Create(vectors), Query, 3);
        Assert.Equal([2, 1, 0], found.Select(f => f.Row));
        Assert.True(float.IsNaN(found[2].Score));
    }

    [Fact]
    public void A_query_of_another_length_is_refused()
    {
        using var vectors = new NpyMatrix<float>(Three, 2);
        var index = Create(vectors);
        Assert.Throws<ArgumentException>(() => index.Search([1f, 2f, 3f], new int[1], new float[1]));
        Assert.Throws<ArgumentException>(() => index.Search(Query, new int[2], new float[1]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(16)]
    [InlineData(33)]
    [InlineData(100)]
    public void Clustered_data_gives_the_true_best_with_true_scores(int dimension)
    {
        using var vectors = new NpyMatrix<float>(Clustered(3_000, dimension, seed: dimension), dimension);
        var index = Create(vectors);
        const int K = 50;
        int hits = 0, queries = 20;
        for (int q = 0; q < queries; q++)
        {
            float[] query = Clustered(1, dimension, seed: 1000 + q);
            var exact = Enumerable.Range(0, index.Count).Select(row => (Row: row, Score: Dot(vectors[row], query))).OrderByDescending(r => r.Score).ToArray();
            double bar = exact[K - 1].Score;
            var found = Search(index, query, K);
            Assert.Equal(K, found.Length);
            Assert.Equal(K, found.Select(f => f.Row).Distinct().Count());
            Assert.Equal(found.OrderByDescending(f => f.Score).ThenBy(f => f.Row), found);
            foreach (var (row, score) in found)
            {
                double slack = Tolerance * vectors[row].ToArray().Zip(query, (x, y) => Math.Abs((double)x * y)).Sum();
                double truth = Dot(vectors[row], query);
                Assert.InRange(score, truth - slack, truth + slack);
                if (truth >= bar - slack) hits++;
            }
        }

        Assert.True(hits >= RecallFloor * queries * K, $"{hits} of {queries * K} found");
    }

    [Fact]
    public void A_hundred_callers_at_once_get_the_same_bits()
    {
        using var vectors = new NpyMatrix<float>(Clustered(2_000, 24, seed: 3), 24);
        var index = Create(vectors);
        float[] query = Clustered(1, 24, seed: 4);
        var alone = Search(index, query, 30);
        Parallel.For(0, 100, _ => Assert.Equal(alone, Search(index, query, 30)));
    }

    [Fact]
    public void A_warm_search_allocates_nothing()
    {
        if (!AllocatesNothing) return;
        using var vectors = new NpyMatrix<float>(Clustered(2_000, 24, seed: 3), 24);
        var index = Create(vectors);
        float[] query = Clustered(1, 24, seed: 4);
        var (rows, scores) = (new int[30], new float[30]);
        Assert.Equal(0, Measure.AllocatedBytes(() => index.Search(query, rows, scores)));
    }

    /// <summary>Seeded vectors around 30 centres.</summary>
    protected static float[] Clustered(int count, int dimension, int seed)
    {
        var random = new Random(seed);
        var centres = new float[30 * dimension];
        var fixedRandom = new Random(99);
        for (int i = 0; i < centres.Length; i++) centres[i] = (float)(fixedRandom.NextDouble() - 0.5);
        var values = new float[count * dimension];
        for (int i = 0; i < count; i++)
        {
            int centre = random.Next(30);
            for (int d = 0; d < dimension; d++) values[(i * dimension) + d] = centres[(centre * dimension) + d] + (float)((random.NextDouble() - 0.5) * 0.4);
        }

        return values;
    }

    private static double Dot(ReadOnlySpan<float> x, float[] y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++) sum += (double)x[i] * y[i];
        return sum;
    }

    private static (int Row, float Score)[] Search(IVectorIndex index, float[] query, int k)
    {
        var (rows, scores) = (new int[k], new float[k]);
        int found = index.Search(query, rows, scores);
        return [.. rows.Zip(scores).Take(found)];
    }

    private void AssertAnswer((int Row, float Score)[] actual, params (int Row, float Score)[] expected)
    {
        Assert.Equal(expected.Select(e => e.Row), actual.Select(a => a.Row));
        Assert.All(expected.Zip(actual), p => Assert.InRange(p.Second.Score, p.First.Score - (10 * Tolerance), p.First.Score + (10 * Tolerance)));
    }
}
