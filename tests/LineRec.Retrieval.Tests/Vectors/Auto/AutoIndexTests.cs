using System.Diagnostics.Metrics;

namespace LineRec.Retrieval.Tests.Vectors.Auto;

/// <summary>What <see cref="VectorIndex.Auto"/> chooses, and that it tells the truth about it.</summary>
public class AutoIndexTests
{
    private const int Dimension = 16, Many = 30_000;

    private static readonly AutoIndexOptions Hurried = new() { LatencyBudget = TimeSpan.Zero, K = 20, LiveShare = 0 };

    [Fact]
    public void Few_vectors_are_read_all()
    {
        using var vectors = Clustered(500, seed: 1);
        using var index = VectorIndex.Auto(vectors, new AutoIndexOptions { LatencyBudget = TimeSpan.FromHours(1) });
        Assert.IsType<FlatIndex>(index.Inner);
        Assert.Equal(1, index.Choice.Chosen.Recall);
        Assert.Contains("Flat: recall 1.0000", index.Choice.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void No_vectors_are_no_error()
    {
        using var vectors = new NpyMatrix<float>([], Dimension);
        using var index = VectorIndex.Auto(vectors);
        Assert.Equal(0, index.Search(new float[Dimension], new int[3], new float[3]));
    }

    [Fact]
    public void Exact_answers_are_chosen_where_they_keep_the_budget()
    {
        using var vectors = Clustered(Many, seed: 1);
        using var index = VectorIndex.Auto(vectors, new AutoIndexOptions { LatencyBudget = TimeSpan.FromHours(1), LiveShare = 1 });
        Assert.True(index.IsExact);
        float[] query = vectors[7].ToArray();
        Assert.Equal(Ivf.IvfModel.Answer(new FlatIndex(vectors), query, 30), Ivf.IvfModel.Answer(index, query, 30));
        Assert.Equal(0, index.LiveSearches); // exact answers need no watch
    }

    [Fact]
    public void Without_time_for_exact_answers_the_target_is_reached_on_queries_that_tuned_nothing()
    {
        using var vectors = Clustered(Many, seed: 1);
        using var queries = Clustered(300, seed: 2);
        foreach (float target in new[] { 0.8f, 0.99f })
        {
            using var index = VectorIndex.Auto(vectors, Hurried with { RecallTarget = target, Queries = queries });
            Assert.False(index.IsExact);
            Assert.Equal(150, index.Choice.Queries);
            Assert.InRange(index.Choice.Chosen.Recall, target - 0.03, 1);
            Assert.NotEmpty(index.Choice.Trials);

            // What is reported is what it does.
            double hits = 0;
            for (int q = 1; q < 300; q += 2) hits += Recall(index, new FlatIndex(vectors), queries[q]);
            Assert.Equal(index.Choice.Chosen.Recall, hits / 150, 6);
        }
    }

    [Fact]
    public void A_higher_target_is_never_met_by_a_quicker_probe()
    {
        using var vectors = Clustered(Many, seed: 1);
        using VectorIndexPair pair = new(VectorIndex.Auto(vectors, Hurried with { RecallTarget = 0.7f }), VectorIndex.Auto(vectors, Hurried with { RecallTarget = 0.995f }));
        Assert.True(pair.High.Choice.Chosen.Recall > pair.Low.Choice.Chosen.Recall);
        Assert.True(pair.Low.Choice.QueriesAreVectors);
    }

    [Fact]
    public void Asked_for_exact_answers_it_gives_them_whatever_the_budget()
    {
        using var vectors = Clustered(Many, seed: 1);
        using var index = VectorIndex.Auto(vectors, Hurried with { RecallTarget = 1 });
        Assert.True(index.IsExact);
    }

    [Fact]
    public async Task Watched_searches_are_done_again_and_their_recall_goes_to_the_meter()
    {
        var recorded = new System.Collections.Concurrent.ConcurrentBag<double>();
        using var meters = new MeterListener { InstrumentPublished = (i, l) => { if (i is { Name: "linerec.retrieval.recall", Meter.Name: "LineRec" }) l.EnableMeasurementEvents(i); } };
        meters.SetMeasurementEventCallback<double>((_, value, tags, _) => { if (tags.ToArray().Contains(new("linerec.index", "watched"))) recorded.Add(value); });
        meters.Start();

        using var vectors = Clustered(Many, seed: 1);
        using var index = VectorIndex.Auto(vectors, Hurried with { RecallTarget = 0.8f, LiveShare = 1, Name = "watched" });
        var some = new RowSet(Many, Enumerable.Range(0, Many / 2));
        double expected = Recall(index.Inner, new FlatIndex(vectors), vectors[1], some);
        index.Search(vectors[1], new int[20], new float[20], some);
        some.Remove(0); // the caller's set may change at once
        for (int waited = 0; index.LiveSearches == 0 && waited < 2_000; waited++) await Task.Delay(5, TestContext.Current.CancellationToken);
        Assert.Equal(1, index.LiveSearches);
        Assert.Equal(expected, index.LiveRecall, 6);
        Assert.Equal([expected], recorded.Select(r => Math.Round(r, 6)));
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        using var vectors = Clustered(100, seed: 1);
        using var short_ = new NpyMatrix<float>(new float[100 * 3], 3);
        using var one = Clustered(1, seed: 2);
        foreach (var options in new AutoIndexOptions[] { new() { RecallTarget = 0 }, new() { RecallTarget = 1.1f }, new() { RecallTarget = float.NaN }, new() { K = 0 }, new() { LiveShare = 2 }, new() { Queries = short_ }, new() { Queries = one } })
            Assert.Throws<ArgumentException>(() => VectorIndex.Auto(vectors, options));
    }

    private static double Recall(IVectorIndex index, FlatIndex exact, ReadOnlySpan<float> query, RowSet? eligible = null)
    {
        int[] rows = new int[20], truth = new int[20];
        index.Search(query, rows, new float[20], eligible);
        exact.Search(query, truth, new float[20], eligible);
        return rows.Intersect(truth).Count() / 20.0;
    }

    private static NpyMatrix<float> Clustered(int count, int seed)
    {
        Random centres = new(5), own = new(seed);
        float[] middle = [.. Enumerable.Range(0, 60 * Dimension).Select(_ => centres.NextSingle() - 0.5f)];
        float[] values = new float[count * Dimension];
        for (int i = 0; i < count; i++)
        {
            int centre = own.Next(60);
            for (int j = 0; j < Dimension; j++) values[(i * Dimension) + j] = middle[(centre * Dimension) + j] + (0.4f * (own.NextSingle() + own.NextSingle() - 1));
        }

        return new NpyMatrix<float>(values, Dimension);
    }

    private sealed record VectorIndexPair(AutoIndex Low, AutoIndex High) : IDisposable
    {
        public void Dispose()
        {
            Low.Dispose();
            High.Dispose();
        }
    }
}
