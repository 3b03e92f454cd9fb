using CsCheck;

namespace LineRec.Retrieval.Tests.Vectors.Ivf;

/// <summary>An index that changes holds and answers what a dictionary searched by brute force does, bit for bit, whatever the order of changes, searches and compactions.</summary>
public class IvfUpdateTests
{
    private const int MaxRow = 60; // rows of the first matrix and beyond

    private enum Act
    {
        Set,
        Remove,
        Search,
        SearchEligible,
        Compact,
        StartCompaction,
        SaveAndOpen,
    }

    private sealed record Step(Act Act, int Row, float[] Vector, int K, int[] Eligible);

    private sealed record Case(VectorMetric Metric, int Dimension, float[] Vectors, Step[] Steps);

    private static readonly Gen<float> Value = Gen.Frequency(
        (12, Gen.Float[-1f, 1f]),
        (4, Gen.OneOf(-1f, -0.5f, 0f, 0.5f, 1f)),
        (1, Gen.OneOf(float.NaN, float.PositiveInfinity, 1e-42f, 1e20f)));

    private static readonly Gen<Act> Acts = Gen.Frequency(
        (8, Gen.Const(Act.Set)),
        (5, Gen.Const(Act.Remove)),
        (6, Gen.Const(Act.Search)),
        (4, Gen.Const(Act.SearchEligible)),
        (1, Gen.Const(Act.Compact)),
        (1, Gen.Const(Act.StartCompaction)),
        (1, Gen.Const(Act.SaveAndOpen)));

    private static Gen<Step> Steps(int dimension) =>
        from act in Acts
        from row in Gen.Int[0, MaxRow]
        from vector in Gen.OneOf(Gen.Float[-1f, 1f].Array[dimension], Value.Array[dimension])
        from k in Gen.OneOf(Gen.Int[0, 5], Gen.Int[0, MaxRow + 5])
        from eligible in Gen.Int[0, MaxRow + 3].Array[0, 30]
        select new Step(act, row, vector, k, eligible);

    private static readonly Gen<Case> Cases =
        from metric in Gen.Enum<VectorMetric>()
        from dimension in Gen.OneOf(Gen.Int[1, 20], Gen.OneOf(33, 64))
        from count in Gen.Int[0, 40]
        from vectors in Value.Array[count * dimension]
        from steps in Steps(dimension).Array[0, 60]
        select new Case(metric, dimension, vectors, steps);

    [Fact]
    public void Answers_are_those_of_brute_force_over_what_is_held() => Cases.Sample(c => Check(c, compactAfter: 0), iter: 400, threads: 1);

    [Fact]
    public void Compactions_that_start_by_themselves_change_no_answer() => Cases.Sample(c => Check(c, compactAfter: 3), iter: 200, threads: 1);

    [Theory]
    [InlineData(VectorMetric.InnerProduct)]
    [InlineData(VectorMetric.Cosine)]
    [InlineData(VectorMetric.L2)]
    public async Task A_compaction_while_changes_go_on_loses_nothing(VectorMetric metric)
    {
        const int Rows = 3_000, Dimension = 16;
        using var vectors = Made(Rows, Dimension, 1);
        using var index = IvfIndex.Build(vectors, new IvfOptions { Metric = metric, Probe = IvfProbe.Exact });
        index.CompactAfter = 0;
        var model = IvfModel.Of(vectors, metric);
        var random = new Random(2);
        for (int round = 0; round < 8; round++)
        {
            Change(index, model, random, 300);
            var compaction = index.CompactAsync();
            while (!compaction.IsCompleted) Change(index, model, random, 10);
            await compaction;
            Change(index, model, random, 20);
            Assert.Equal(model.Held.Count, index.Count);
            float[] query = Vector(random, Dimension);
            Assert.Equal(model.Answer(query, 50), IvfModel.Answer(index, query, 50));
            Assert.Equal(model.Answer(query, model.Held.Count), IvfModel.Answer(index, query, model.Held.Count + 10));
        }

        await index.CompactAsync();
        Assert.Equal(0, index.Uncompacted);
        float[] last = Vector(random, Dimension);
        Assert.Equal(model.Answer(last, 50), IvfModel.Answer(index, last, 50));
    }

    [Fact]
    public async Task A_compaction_that_is_awaited_takes_all_changes_made_before()
    {
        using var vectors = Made(3_000, 8, 1);
        using var index = IvfIndex.Build(vectors);
        index.CompactAfter = 0;
        var random = new Random(3);
        for (int round = 0; round < 5; round++)
        {
            index.Set(random.Next(4_000), Vector(random, 8));
            var first = index.CompactAsync();
            index.Set(random.Next(4_000), Vector(random, 8)); // the first one may or may not have begun
            index.Remove(random.Next(3_000));
            var all = new[] { index.CompactAsync(), index.CompactAsync() };
            await Task.WhenAll([first, .. all]);
            Assert.Equal(0, index.Uncompacted);
            index.Save(TempFile.Path(nameof(A_compaction_that_is_awaited_takes_all_changes_made_before)));
        }
    }

    [Fact]
    public async Task Rows_that_were_removed_are_found_by_no_filter_and_no_probe()
    {
        const int Rows = 5_000, Dimension = 8;
        using var vectors = Made(Rows, Dimension, 4);
        using var index = IvfIndex.Build(vectors);
        var removed = Enumerable.Range(0, Rows).Where(row => row % 3 != 0).ToHashSet();
        foreach (int row in removed) Assert.True(index.Remove(row));
        var random = new Random(5);
        for (int compacted = 0; compacted < 2; compacted++)
        {
            Assert.Equal(Rows - removed.Count, index.Count);
            foreach (int size in new[] { 3, 60, 1_000, Rows })
            {
                var eligible = new RowSet(Rows + 50, Enumerable.Range(0, size).Select(_ => random.Next(Rows + 50)));
                int wanted = 0;
                eligible.ForEach(row => wanted += row < Rows && row % 3 == 0 ? 1 : 0);
                foreach (var probe in new[] { new IvfProbe(), IvfProbe.Exact })
                {
                    var (rows, scores) = (new int[100], new float[100]);
                    int found = index.With(probe).Search(Vector(random, Dimension), rows, scores, eligible);
                    Assert.Equal(Math.Min(100, wanted), found);
                    Assert.All(rows.Take(found), row => Assert.True(eligible.Contains(row) && row % 3 == 0, $"row {row} was found"));
                    Assert.Equal(found, rows.Take(found).Distinct().Count());
                }
            }

            Assert.All(removed.Take(5), row => Assert.False(index.Remove(row)));
            await index.CompactAsync();
        }
    }

    [Fact]
    public async Task An_index_that_begins_empty_takes_vectors()
    {
        using var none = new NpyMatrix<float>([], 12);
        using var index = IvfIndex.Build(none, new IvfOptions { Metric = VectorMetric.L2, Probe = IvfProbe.Exact });
        var model = new IvfModel(VectorMetric.L2, 12);
        var random = new Random(6);
        Change(index, model, random, 500);
        await index.CompactAsync();
        Assert.True(index.Lists > 1);
        float[] query = Vector(random, 12);
        Assert.Equal(model.Answer(query, 20), IvfModel.Answer(index, query, 20));
    }

    [Fact]
    public async Task Save_refuses_what_isnt_compacted()
    {
        string path = TempFile.Path(nameof(Save_refuses_what_isnt_compacted));
        using var vectors = Made(100, 4, 7);
        using var index = IvfIndex.Build(vectors);
        index.Remove(5);
        Assert.Contains("CompactAsync", Assert.Throws<InvalidOperationException>(() => index.Save(path)).Message, StringComparison.Ordinal);
        await index.CompactAsync();
        index.Save(path);
        index.Set(5, [1f, 2f, 3f, 4f]);
        Assert.Throws<InvalidOperationException>(() => index.Save(path));
    }

    [Fact]
    public void Vectors_of_another_length_and_negative_rows_are_refused()
    {
        using var vectors = Made(10, 4, 8);
        using var index = IvfIndex.Build(vectors);
        Assert.Throws<ArgumentException>(() => index.Set(1, [1f]));
        Assert.Throws<ArgumentOutOfRangeException>(() => index.Set(-1, [1f, 2f, 3f, 4f]));
        Assert.False(index.Remove(-1));
        Assert.False(index.Remove(10));
        Assert.Equal(10, index.Count);
    }

    [Fact]
    public void A_row_beyond_what_a_compaction_can_hold_is_refused()
    {
        using var vectors = Made(10, 4, 8);
        using var index = IvfIndex.Build(vectors);
        Assert.Contains("2147483647", Assert.Throws<ArgumentOutOfRangeException>(() => index.Set(int.MaxValue, [1f, 2f, 3f, 4f])).Message, StringComparison.Ordinal);
        Assert.Equal((10, 0), (index.Count, index.Uncompacted));
    }

    private static void Check(Case c, int compactAfter)
    {
        string name = TempFile.Path(nameof(IvfUpdateTests));
        List<IDisposable> owned = [];
        var vectors = new NpyMatrix<float>(c.Vectors, c.Dimension);
        var model = IvfModel.Of(vectors, c.Metric);
        var index = IvfIndex.Build(vectors, new IvfOptions { Metric = c.Metric, Iterations = 2, Probe = IvfProbe.Exact, Threads = 1 });
        owned.Add(vectors);
        index.CompactAfter = compactAfter;
        foreach (var step in c.Steps)
        {
            switch (step.Act)
            {
                case Act.Set:
                    index.Set(step.Row, step.Vector);
                    model.Held[step.Row] = step.Vector;
                    break;
                case Act.Remove:
                    Assert.Equal(model.Held.Remove(step.Row), index.Remove(step.Row));
                    break;
                case Act.Search:
                    Assert.Equal(model.Answer(step.Vector, step.K), IvfModel.Answer(index, step.Vector, step.K));
                    break;
                case Act.SearchEligible:
                    var eligible = new RowSet(MaxRow + 4, step.Eligible);
                    Assert.Equal(model.Answer(step.Vector, step.K, eligible), IvfModel.Answer(index, step.Vector, step.K, eligible));
                    break;
                case Act.Compact:
                    index.CompactAsync().GetAwaiter().GetResult();
                    Assert.Equal(0, index.Uncompacted);
                    break;
                case Act.StartCompaction:
                    _ = index.CompactAsync();
                    break;
                case Act.SaveAndOpen:
                    index.CompactAsync().GetAwaiter().GetResult();
                    name += "+"; // the file before is still mapped
                    index.Save(name);
                    index.Vectors.Save(name + ".npy");
                    index.Dispose();
                    var opened = NpyMatrix<float>.Open(name + ".npy");
                    owned.Add(opened);
                    index = IvfIndex.Open(name, opened, IvfProbe.Exact);
                    index.CompactAfter = compactAfter;
                    break;
            }

            Assert.Equal(model.Held.Count, index.Count);
        }

        float[] query = [.. Enumerable.Range(1, c.Dimension).Select(i => 1f / i)];
        Assert.Equal(model.Answer(query, MaxRow + 1), IvfModel.Answer(index, query, MaxRow + 1));
        index.Dispose();
        owned.ForEach(o => o.Dispose());
    }

    private static void Change(IvfIndex index, IvfModel model, Random random, int changes)
    {
        for (int i = 0; i < changes; i++)
        {
            int row = random.Next(4_000);
            if (random.Next(3) == 0)
            {
                Assert.Equal(model.Held.Remove(row), index.Remove(row));
                continue;
            }

            index.Set(row, model.Held[row] = Vector(random, index.Dimension));
        }
    }

    private static float[] Vector(Random random, int dimension) => [.. Enumerable.Range(0, dimension).Select(_ => (random.NextSingle() * 2) - 1)];

    private static NpyMatrix<float> Made(int rows, int dimension, int seed) => new(Vector(new Random(seed), rows * dimension), dimension);
}
