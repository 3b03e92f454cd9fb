namespace LineRec.Retrieval.Tests.Vectors.Ivf;

/// <summary>The model by which a probe chooses what to scan, on sets whose vectors are found for different reasons: where they are, how long they are, how near they are.</summary>
public sealed class IvfProbingTests
{
    private const int Count = 20_000;
    private const int Dimension = 24;
    private const int K = 20;
    private const int Queries = 100;

    public enum Shape
    {
        /// <summary>Clusters of vectors of like length.</summary>
        Clusters,

        /// <summary>Clusters, all vectors of length 1: those that go farther in the mean's direction have shorter rests.</summary>
        Sphere,

        /// <summary>Lengths that differ by three times and more, as popularity makes them.</summary>
        Lengths,
    }

    public static TheoryData<Shape, VectorMetric> Cases()
    {
        var cases = new TheoryData<Shape, VectorMetric>();
        foreach (var shape in Enum.GetValues<Shape>())
        {
            foreach (var metric in Enum.GetValues<VectorMetric>()) cases.Add(shape, metric);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_low_chance_finds_almost_all_in_a_part_of_the_vectors(Shape shape, VectorMetric metric)
    {
        using var vectors = Make(shape, Count, 1);
        using var queries = Make(shape, Queries, 2);
        using var index = IvfIndex.Build(vectors, new IvfOptions { Metric = metric });
        var probe = new IvfProbe { LeastChance = 1e-4f, RefineFactor = 4 };
        Assert.InRange(Recall(index.With(probe), new FlatIndex(vectors, metric), queries), 0.97, 1);
        Assert.InRange(Chosen(vectors, queries, metric, probe).Average(c => c.Vectors), 1, Count / 3.0);
    }

    /// <summary>With the other metrics products end at a nearest neighbour's, which the model doesn't know: it hopes for too much near clusters, and looks no farther for it.</summary>
    [Theory]
    [InlineData(Shape.Clusters)]
    [InlineData(Shape.Lengths)]
    public void About_k_vectors_reach_the_modelled_kth_score(Shape shape)
    {
        const VectorMetric metric = VectorMetric.InnerProduct;
        using var vectors = Make(shape, Count, 1);
        using var queries = Make(shape, Queries, 2);
        int[] reaching = [.. Chosen(vectors, queries, metric, new IvfProbe()).Select(c => c.Reaching).Order()];
        Assert.InRange(reaching[Queries / 2], K / 3, K * 3);
    }

    [Fact]
    public void All_parts_together_are_all_vectors_once()
    {
        using var vectors = Make(Shape.Lengths, 3_001, 1);
        var state = StateOf(vectors, VectorMetric.InnerProduct);
        var query = Begin(state, vectors[7]);
        var choice = IvfProbing.Choose(query, vectors.Rows, 1, 0); // looks for all
        List<int> places = [];
        for (int b = 0; b < choice.Blocks; b++) places.AddRange(PlacesOf(state, query, b));
        Assert.Equal(Enumerable.Range(0, vectors.Rows), places.Order());
        query.Best.Dispose();
    }

    private static IEnumerable<(float Vectors, int Reaching)> Chosen(NpyMatrix<float> vectors, NpyMatrix<float> queries, VectorMetric metric, IvfProbe probe)
    {
        var state = StateOf(vectors, metric);
        for (int q = 0; q < queries.Rows; q++)
        {
            var query = Begin(state, queries[q]);
            var choice = IvfProbing.Choose(query, K, probe.Distance, 0);
            float[] coded = new float[state.Data.Space.CodedDimension];
            int reaching = 0;
            for (int row = 0; row < vectors.Rows; row++)
            {
                Assert.True(state.Data.Space.CodeVector(vectors[row], coded));
                float product = Product(query, coded);
                if (product - query.Middle >= choice.Kth) reaching++;
            }

            query.Best.Dispose();
            yield return (choice.Vectors, reaching);
        }
    }

    private static unsafe float Product(IvfQuery query, float[] coded) => System.Numerics.Tensors.TensorPrimitives.Dot(new ReadOnlySpan<float>(query.Coded, coded.Length), coded);

    private static unsafe IEnumerable<int> PlacesOf(IvfState state, IvfQuery query, int b)
    {
        int list = query.ListsOfBlocks[b], first = Math.Max(query.Blocks[b] * CodeLayout.BlockVectors, state.Data.ListStarts[list]), end = Math.Min((query.Blocks[b] + 1) * CodeLayout.BlockVectors, state.Data.ListStarts[list + 1]);
        return Enumerable.Range(first, Math.Max(0, end - first));
    }

    private static IvfState StateOf(NpyMatrix<float> vectors, VectorMetric metric) =>
        new(new IvfBuilder(vectors, new IvfOptions { Metric = metric }).Build(), vectors, new VectorScorer(vectors, metric));

    private static IvfQuery Begin(IvfState state, ReadOnlySpan<float> values)
    {
        var query = new IvfQuery(state);
        query.Begin(values, K, null, 1);
        query.PrepareProbe();
        return query;
    }

    private static double Recall(IVectorIndex index, FlatIndex exact, NpyMatrix<float> queries)
    {
        int[] found = new int[K], truth = new int[K];
        int hits = 0;
        for (int q = 0; q < queries.Rows; q++)
        {
            index.Search(queries[q], found, new float[K]);
            exact.Search(queries[q], truth, new float[K]);
            hits += found.Intersect(truth).Count();
        }

        return hits / (double)(K * queries.Rows);
    }

    private static NpyMatrix<float> Make(Shape shape, int count, int seed)
    {
        var centres = new Random(99);
        float[][] means = [.. Enumerable.Range(0, 60).Select(_ => Normal(centres, 2f))];
        var random = new Random(seed);
        float[] values = new float[count * Dimension];
        for (int i = 0; i < count; i++)
        {
            float[] mean = means[random.Next(means.Length)], noise = Normal(random, 1f);
            float length = shape == Shape.Lengths ? MathF.Exp(0.3f * Normal(random)) : 1;
            var vector = values.AsSpan(i * Dimension, Dimension);
            for (int j = 0; j < Dimension; j++) vector[j] = (mean[j] + noise[j]) * length;
            if (shape == Shape.Sphere) System.Numerics.Tensors.TensorPrimitives.Divide(vector, System.Numerics.Tensors.TensorPrimitives.Norm<float>(vector), vector);
        }

        return new NpyMatrix<float>(values, Dimension);
    }

    private static float[] Normal(Random random, float deviation) => [.. Enumerable.Range(0, Dimension).Select(_ => deviation * Normal(random))];

    private static float Normal(Random random) => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
}
