namespace LineRec.Training.Tests;

public sealed class HardNegativeTests
{
    private const int Items = 40, Nearest = 25;
    private static readonly HardNegativeOptions Hard = new() { Count = 3, Skip = 4, Window = 9 };
    private static readonly InteractionTable Events = TasteLog.Events(users: 8, events: 6, items: Items);

    [Fact]
    public void They_are_near_items_after_the_skipped_ones_that_the_user_never_chose()
    {
        var (batch, examples, nearest) = Fill(new TwoTowerOptions { UniformNegatives = 12, HardNegatives = Hard }, new Random(4));
        for (int e = 0; e < batch.Count; e++)
        {
            int user = examples.Users[e];
            var chosen = Events.Rows[Events.Offsets[user]..Events.Offsets[user + 1]].ToHashSet();
            int[] unknown = [.. nearest.Skip(e * Nearest).Take(Nearest).Where(i => !chosen.Contains(i))];
            int[] window = [.. unknown.Skip(Hard.Skip).Take(Hard.Window)];
            int[] drawn = [.. Enumerable.Range(0, 3).Select(i => batch.Own!.Items[(int)batch.Own.Places[(e * 3) + i]])];
            Assert.Equal(3, drawn.Distinct().Count());
            Assert.All(drawn, item => Assert.Contains(item, window));
            Assert.Equal(Math.Log(3.0 / window.Length), batch.Own!.LogExpected[e], 1e-6);
        }
    }

    [Fact]
    public void A_sum_over_the_negatives_estimates_the_one_over_all_items()
    {
        var options = new TwoTowerOptions { UniformNegatives = 12, InBatchNegatives = false, HardNegatives = Hard };
        var random = new Random(4);
        const int draws = 2000;
        double[] sums = [];
        TwoTowerExamples? examples = null;
        var sampler = new NegativeSampler([.. Enumerable.Range(0, Items)], new Random(2));
        for (int draw = 0; draw < draws; draw++)
        {
            (var batch, examples, _) = Fill(options, random, sampler);
            if (draw == 0) sums = new double[batch.Count];
            NegativeSums.Add(sums, batch, draws);
        }

        for (int e = 0; e < sums.Length; e++)
        {
            int[] positives = examples!.Items[examples.Offsets[e]..examples.Offsets[e + 1]];
            double all = Enumerable.Range(0, Items).Except(positives).Sum();
            Assert.InRange(sums[e], all * 0.96, all * 1.04);
        }
    }

    [Fact]
    public void An_example_without_near_items_has_none()
    {
        var options = new TwoTowerOptions { UniformNegatives = 12, HardNegatives = Hard with { Skip = 100 } };
        var (batch, _, _) = Fill(options, new Random(4));
        var masked = batch.Masked.ToHashSet();
        for (int e = 0; e < batch.Count; e++)
            Assert.All(Enumerable.Range(batch.Candidates.Count, 3), c => Assert.Contains(((long)e * batch.Columns) + c, masked));
    }

    [Fact]
    public void Exact_search_finds_the_best_inner_products_in_order()
    {
        float[] vectors = Gaussian.Draw(new Random(1), 70 * 5, 1), users = Gaussian.Draw(new Random(2), 40 * 5, 1);
        using var matrix = new NpyMatrix<float>(vectors, 5);
        int[] rows = new int[40 * 72];
        new ExactNearest(matrix).Find(users, 72, rows);
        for (int user = 0; user < 40; user++)
        {
            var expected = Enumerable.Range(0, 70).OrderByDescending(i => Enumerable.Range(0, 5).Sum(k => (double)vectors[(i * 5) + k] * users[(user * 5) + k]));
            Assert.Equal([.. expected, -1, -1], rows[(user * 72)..((user + 1) * 72)]);
        }
    }

    [Fact]
    public void Training_with_them_finds_the_taste_of_users_and_is_the_same_again()
    {
        var options = new TwoTowerOptions
        {
            Dimension = 16, Epochs = 4, BatchSize = 256, CategoryDimension = 4, RetrainOnAll = false, UniformNegatives = 40,
            HardNegatives = new HardNegativeOptions { Count = 4, Skip = 20, Window = 40, RefreshSteps = 3 },
        };
        using var first = new TwoTowerTrainer(options).Train(TasteLog.Events(), TasteLog.Catalog());
        using var second = new TwoTowerTrainer(options).Train(TasteLog.Events(), TasteLog.Catalog());
        using var without = new TwoTowerTrainer(options with { HardNegatives = null }).Train(TasteLog.Events(), TasteLog.Catalog());
        Assert.InRange(first.Report.ValidationRecall, 0.75, 1);
        Assert.Equal(first.ItemTable.Slice(0, 160).ToArray(), second.ItemTable.Slice(0, 160).ToArray());
        Assert.NotEqual(first.ItemTable.Slice(0, 160).ToArray(), without.ItemTable.Slice(0, 160).ToArray());
    }

    [Fact]
    public void A_given_index_is_searched_and_disposed()
    {
        List<CountingIndex> built = [];
        var options = new TwoTowerOptions
        {
            Dimension = 8, Epochs = 2, BatchSize = 256, RetrainOnAll = false, UniformNegatives = 40,
            HardNegatives = new HardNegativeOptions
            {
                RefreshSteps = 5, Index = vectors =>
                {
                    built.Add(new CountingIndex(vectors));
                    return built[^1];
                },
            },
        };
        using var model = new TwoTowerTrainer(options).Train(TasteLog.Events(), TasteLog.Catalog());
        Assert.True(built.Count > 1, $"{built.Count} indexes");
        Assert.All(built, index => Assert.True(index is { Searches: > 0, Disposed: 1 }));
    }

    [Fact]
    public void Wrong_options_are_named()
    {
        string message = Assert.Throws<ArgumentException>(() => new TwoTowerTrainer(new TwoTowerOptions { HardNegatives = new HardNegativeOptions { Count = 9, Skip = -1, Window = 8, RefreshSteps = 0 } })).Message;
        Assert.Contains("Skip", message, StringComparison.Ordinal);
        Assert.Contains("Window of Count", message, StringComparison.Ordinal);
        Assert.Contains("RefreshSteps", message, StringComparison.Ordinal);
    }

    private static (TwoTowerBatch Batch, TwoTowerExamples Examples, int[] Nearest) Fill(TwoTowerOptions options, Random random, NegativeSampler? sampler = null)
    {
        var examples = TwoTowerExamples.Find(Events, options, long.MinValue, long.MaxValue);
        var batch = new TwoTowerBatch(Events, options, examples, sampler ?? new NegativeSampler([.. Enumerable.Range(0, Items)], new Random(2)), Items);
        batch.Fill(examples, [.. Enumerable.Range(0, examples.Count)]);
        int[] nearest = [.. Enumerable.Range(0, batch.Count).SelectMany(e => Enumerable.Range(0, Nearest).Select(i => (e + (i * 7)) % Items))];
        using var miner = new HardNegativeMiner(options.HardNegatives!, [.. Enumerable.Range(0, Items)], 50, new ChosenItems(Events, long.MaxValue), random);
        miner.Draw(batch, nearest, Nearest);
        return (batch, examples, nearest);
    }

    private sealed class CountingIndex(NpyMatrix<float> vectors) : IVectorIndex, IDisposable
    {
        public int Searches { get; private set; }

        public int Disposed { get; private set; }

        public int Count => vectors.Rows;

        public int Dimension => vectors.Columns;

        public VectorMetric Metric => VectorMetric.InnerProduct;

        public bool IsExact => true;

        public int Search(ReadOnlySpan<float> query, Span<int> rows, Span<float> scores, RowSet? eligible = null)
        {
            Searches++;
            for (int i = 0; i < rows.Length; i++) rows[i] = i; // any rows do
            return rows.Length;
        }

        public void Dispose() => Disposed++;
    }
}
