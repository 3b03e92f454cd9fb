using System.Text.Json;
using CsCheck;
using LineRec.Recipes;
using LineRec.Retrieval;

namespace LineRec.Cli.Tests;

/// <summary>Deltas of vectors, applied day after day to a saved index: it then holds and answers what an index over the whole new set does.</summary>
[Collection(nameof(SmallShop))]
public sealed class IndexUpdateTests(SmallShop shop)
{
    private const int Dimension = 6;

    // Days of a small catalog: each day, which items there are, and the version of each one's vector.
    private static readonly Gen<(VectorMetric Metric, Dictionary<int, int>[] Days)> Catalogs =
        from metric in Gen.Enum<VectorMetric>()
        from days in Gen.Dictionary(Gen.Int[0, 30], Gen.Int[0, 2])[0, 30].Array[2, 5]
        select (metric, days);

    [Fact]
    public void An_index_that_takes_deltas_day_by_day_answers_as_one_over_the_whole_set() => Catalogs.Sample(
        c =>
        {
            string folder = shop.NewFolder();
            Directory.CreateDirectory(folder);
            string File(int day) => Path.Combine(folder, $"{day}", "items.npy");
            Write(File(0), c.Days[0]);
            using (var vectors = NpyMatrix<float>.Open(File(0)))
            using (var first = IvfIndex.Build(vectors, new IvfOptions { Metric = c.Metric, Threads = 1 })) first.Save(Path.ChangeExtension(File(0), ".ivf"));

            for (int day = 1; day < c.Days.Length; day++)
            {
                string whole = Path.Combine(folder, $"whole-{day}"), delta = Path.Combine(folder, $"delta-{day}");
                Write(Path.Combine(whole, "items.npy"), c.Days[day]);
                using VectorSet now = VectorSet.Open(whole), before = VectorSet.Open(Path.Combine(folder, $"{day - 1}"));
                var written = VectorDelta.Write(now, before, 0, delta);
                var updated = UpdatedIndex.Apply(Path.ChangeExtension(File(day - 1), ".ivf"), File(day - 1), delta, Path.ChangeExtension(File(day), ".ivf"), null, null, 3);

                var (old, new_) = (c.Days[day - 1], c.Days[day]);
                Assert.Equal((new_.Keys.Except(old.Keys).Count(), new_.Count(i => old.TryGetValue(i.Key, out int version) && version != i.Value), old.Keys.Except(new_.Keys).Count()), (written.Added, written.Moved, written.Gone));
                Assert.Equal((written.Added, written.Moved, written.Gone, new_.Count), (updated.Added, updated.Moved, updated.Gone, updated.Vectors));
                Assert.Equal((1.0, 1.0), (updated.Recall, updated.RecallBefore)); // so few are searched exactly
                AssertAnswersAlike(Path.ChangeExtension(File(day), ".ivf"), now, c.Metric);
            }

            Directory.Delete(folder, recursive: true);
        },
        iter: 25, threads: 1);

    [Fact]
    public async Task The_verbs_bring_an_index_from_earlier_vectors_to_those_of_a_bundle()
    {
        string bundle = Path.Combine(shop.Whole, "bundles"), before = shop.NewFolder(), delta = shop.NewFolder(), after = Path.Combine(shop.NewFolder(), "items.ivf");
        using var now = VectorFiles.OpenItems(bundle);
        Directory.CreateDirectory(before);

        // Before: without the first three items, with two that are gone now, and 5 of the others elsewhere.
        var ids = now.Ids.Skip(3).Concat(["left-1", "left-2"]).ToArray();
        float[][] earlier = [.. ids.Select((id, i) => now.Rows.TryGetValue(id, out int row) ? now.Vectors[row].ToArray() : now.Vectors[i % 7].ToArray())];
        for (int i = 10; i < 15; i++) earlier[i][0] += 0.5f;
        using (var matrix = new NpyMatrix<float>([.. earlier.SelectMany(v => v)], now.Vectors.Columns))
        {
            VectorSet.Write(Path.Combine(before, "items.npy"), matrix, ids);
            using var built = IvfIndex.Build(matrix);
            built.Save(Path.Combine(before, "items.ivf"));
        }

        var written = await Cli.JsonAsync("embed", "--bundle", bundle, "--since", before, "--out", delta);
        Assert.Equal((3, 5, 2, now.Ids.Count - 8), Counts(written, "kept"));
        Assert.Equal(["left-1", "left-2"], await File.ReadAllLinesAsync(Path.Combine(delta, "gone.txt")));
        Assert.Equal(now.Ids.Take(3).Concat(ids[10..15]), await File.ReadAllLinesAsync(Path.Combine(delta, "changed.txt")));

        string[] update = ["index", "--update", Path.Combine(before, "items.ivf"), "--delta", delta, "--out", after, "--k", "10", "--against", bundle];
        Assert.Equal((3, 5, 2, now.Ids.Count), Counts(await Cli.JsonAsync(update), "vectors"));
        AssertAnswersAlike(after, now, VectorMetric.InnerProduct);

        byte[][] bytes = Saved(after);
        await Cli.JsonAsync(update); // and again: the same
        Assert.Equal(bytes, Saved(after));

        // What was updated is what the next delta is made against: nothing has changed since.
        Assert.Equal((0, 0, 0, now.Ids.Count), Counts(await Cli.JsonAsync("embed", "--bundle", bundle, "--since", Path.GetDirectoryName(after)!, "--out", delta), "kept"));
        Assert.Equal((0, 0, 0, now.Ids.Count), Counts(await Cli.JsonAsync("embed", "--bundle", bundle, "--since", bundle, "--out", delta), "kept"));
    }

    [Fact]
    public void A_tolerance_leaves_out_what_moved_less_and_its_cost_shows_against_the_whole_set()
    {
        const int Items = 3_000;
        string folder = shop.NewFolder(), delta = Path.Combine(folder, "delta"), next = Path.Combine(folder, "next", "items.ivf");
        var random = new Random(4);
        float[] Near(float[] vector, double step) => UnitLength([.. vector.Select(v => v + (float)(step * (random.NextDouble() - 0.5)))]);
        float[][] before = [.. Enumerable.Range(0, Items).Select(_ => Near(new float[Dimension], 1))], now = [.. before.Select(v => Near(v, 0.3 * random.NextDouble()))];

        using var old = Set(Path.Combine(folder, "before", "items.npy"), before);
        using var whole = Set(Path.Combine(folder, "now", "items.npy"), now);
        string index = Path.Combine(folder, "before", "items.ivf");
        using (var built = IvfIndex.Build(old.Vectors, new IvfOptions { Metric = VectorMetric.Cosine, Threads = 1 })) built.Save(index);
        var recalls = new List<double>();
        int moved = Items;
        foreach (double tolerance in new[] { 0, 0.001, 0.01 })
        {
            var written = VectorDelta.Write(whole, old, tolerance, delta);
            int expected = before.Zip(now).Count(v => CosineDistance(v.First, v.Second) > tolerance || (tolerance == 0 && !v.First.SequenceEqual(v.Second)));
            Assert.Equal((expected, Items - expected), (written.Moved, written.Kept));
            Assert.True(expected < moved || tolerance == 0, $"As many moved by more than {tolerance} as by more than the tolerance before.");
            moved = expected;
            recalls.Add(UpdatedIndex.Apply(index, old.Name, delta, next, null, whole, 20).Recall);
        }

        Assert.Equal(recalls.OrderDescending(), recalls);
        Assert.True(recalls[0] > recalls[2] + 0.02, $"recall {recalls[0]} with all changes, {recalls[2]} without those up to 0.01");
        Assert.True(recalls[0] > 0.8, $"recall {recalls[0]}");
    }

    [Theory]
    [InlineData(new[] { 1f, 0f }, new[] { 0f, 1f }, 1.0)]
    [InlineData(new[] { 1f, 0f }, new[] { -1f, 0f }, 2.0)]
    [InlineData(new[] { 3f, 4f }, new[] { 3f, 4f }, 0.0)]
    [InlineData(new[] { 1f, 1f }, new[] { 2f, 2f }, 0.5)]
    [InlineData(new[] { 2f, 2f }, new[] { 1f, 1f }, 0.5)]
    public void Distance_is_the_cosine_distance_where_lengths_are_equal_and_sees_a_change_of_length(float[] a, float[] b, double distance) => Assert.Equal(distance, VectorDelta.Distance(a, b), 6);

    [Fact]
    public async Task What_does_not_belong_together_is_refused()
    {
        string bundle = Path.Combine(shop.Whole, "bundles"), vectors = shop.NewFolder(), other = shop.NewFolder(), delta = shop.NewFolder(), output = Path.Combine(shop.NewFolder(), "items.ivf");
        foreach (string folder in new[] { vectors, other }) await Cli.JsonAsync("embed", "--bundle", bundle, "--out", folder);
        string index = Path.Combine(vectors, "items.ivf");
        using (var matrix = NpyMatrix<float>.Open(Path.Combine(vectors, "items.npy")))
        using (var built = IvfIndex.Build(matrix)) built.Save(index);
        await FailsAsync(ExitCode.NotReady, "holds no delta that was written to its end", "index", "--update", index, "--delta", delta, "--out", output);

        string[] ids = await File.ReadAllLinesAsync(Path.Combine(other, "items.txt"));
        await File.WriteAllLinesAsync(Path.Combine(other, "items.txt"), ["somebody else", .. ids[1..]]);
        await Cli.JsonAsync("embed", "--bundle", bundle, "--since", other, "--out", delta);
        await FailsAsync(ExitCode.Usage, "says what changed since other vectors", "index", "--update", index, "--delta", delta, "--out", output);

        await Cli.JsonAsync("embed", "--bundle", bundle, "--since", vectors, "--out", delta);
        await FailsAsync(ExitCode.Usage, "would be written over while it is read", "index", "--update", index, "--delta", delta, "--out", index);
        await FailsAsync(ExitCode.Usage, "its vectors and ids are written beside it", "index", "--update", index, "--delta", delta, "--out", Path.ChangeExtension(output, ".npy"));
        await FailsAsync(ExitCode.Usage, "--recall is for building an index", "index", "--update", index, "--delta", delta, "--out", output, "--recall", "0.9");
        await FailsAsync(ExitCode.Usage, "give --delta a folder", "index", "--update", index, "--out", output);
        await FailsAsync(ExitCode.Usage, "--delta and --against belong to --update", "index", "--vectors", Path.Combine(vectors, "items.npy"), "--delta", delta, "--out", output);
        await FailsAsync(ExitCode.Usage, "Option '--vectors' is required", "index", "--out", output);
        await FailsAsync(ExitCode.Usage, "There is no file", "index", "--update", Path.Combine(delta, "none.ivf"), "--delta", delta, "--out", output);
        await FailsAsync(ExitCode.Usage, "embed users without it", "embed", "--bundle", bundle, "--since", vectors, "--out", delta, "--user", "x");
        await FailsAsync(ExitCode.Usage, "give --since, too", "embed", "--bundle", bundle, "--out", delta, "--tolerance", "0.1");
        await FailsAsync(ExitCode.Usage, "from 0 to 2", "embed", "--bundle", bundle, "--since", vectors, "--out", delta, "--tolerance", "3");

        await File.AppendAllTextAsync(Path.Combine(delta, "gone.txt"), ids[0] + "\n");
        await FailsAsync(ExitCode.Usage, "were changed since they were written", "index", "--update", index, "--delta", delta, "--out", output);
        using (var shorter = new NpyMatrix<float>(new float[ids.Length * 3], 3)) VectorSet.Write(Path.Combine(other, "items.npy"), shorter, ids);
        await FailsAsync(ExitCode.Usage, "no vector is left as it was", "embed", "--bundle", bundle, "--since", other, "--out", delta);
        await File.WriteAllLinesAsync(Path.Combine(other, "items.txt"), ids[1..]);
        await FailsAsync(ExitCode.Usage, $"{ids.Length} vectors and {ids.Length - 1} ids", "embed", "--bundle", bundle, "--since", other, "--out", delta);
    }

    private static async Task FailsAsync(ExitCode expected, string message, params string[] args)
    {
        var (code, _, error) = await Cli.RunAsync(args);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.Equal((int)expected, code);
        Assert.False(args[0] == "index" && Path.Exists(args[Array.IndexOf(args, "--out") + 1]) && args[2] != args[Array.IndexOf(args, "--out") + 1], "A refused update wrote something.");
    }

    /// <summary>The index, with ids by the file beside it, gives exactly what brute force over the whole set does.</summary>
    private static void AssertAnswersAlike(string indexFile, VectorSet whole, VectorMetric metric)
    {
        using var held = VectorSet.OpenFile(Path.ChangeExtension(indexFile, ".npy"));
        using var index = IvfIndex.Open(indexFile, held.Vectors, IvfProbe.Exact);
        Assert.Equal(whole.Rows.Keys.Order(StringComparer.Ordinal), held.Rows.Keys.Order(StringComparer.Ordinal));
        Assert.All(whole.Rows, item => Assert.Equal(whole.Vectors[item.Value], held.Vectors[held.Rows[item.Key]]));
        Assert.Equal(whole.Rows.Count, index.Count);
        var flat = new FlatIndex(whole.Vectors, metric);
        var random = new Random(9);
        for (int i = 0; i < 5; i++)
        {
            float[] query = [.. Enumerable.Range(0, index.Dimension).Select(_ => (float)(random.NextDouble() - 0.5))];
            Assert.Equal(Answer(flat, query, whole), Answer(index, query, held));
        }
    }

    /// <summary>All items by score, those of one score by id: a set's rows have an order of their own.</summary>
    private static List<(string Id, float Score)> Answer(IVectorIndex index, float[] query, VectorSet set)
    {
        int[] rows = new int[set.Ids.Count];
        float[] scores = new float[rows.Length];
        int found = index.Search(query, rows, scores);
        return [.. Enumerable.Range(0, found).Select(i => (Id: set.Ids[rows[i]], Score: scores[i])).OrderByDescending(a => a.Score).ThenBy(a => a.Id, StringComparer.Ordinal)];
    }

    private static float[] UnitLength(float[] vector)
    {
        float length = MathF.Sqrt(vector.Sum(v => v * v));
        return [.. vector.Select(v => v / length)];
    }

    private static double CosineDistance(float[] a, float[] b) =>
        1 - (a.Zip(b, (x, y) => (double)x * y).Sum() / Math.Sqrt(a.Sum(x => (double)x * x) * b.Sum(x => (double)x * x)));

    private static void Write(string file, Dictionary<int, int> items)
    {
        var sorted = items.OrderBy(i => i.Key).ToList();
        Set(file, [.. sorted.Select(i => VectorOf(i.Key, i.Value))], [.. sorted.Select(i => $"item-{i.Key}")]).Dispose();
    }

    private static float[] VectorOf(int item, int version)
    {
        var random = new Random((item * 10) + version);
        return [.. Enumerable.Range(0, Dimension).Select(_ => (float)(random.NextDouble() - 0.5))];
    }

    private static VectorSet Set(string file, float[][] vectors, string[]? ids = null)
    {
        using (var matrix = new NpyMatrix<float>([.. vectors.SelectMany(v => v)], Dimension)) VectorSet.Write(file, matrix, ids ?? [.. vectors.Select((_, i) => $"item-{i}")]);
        return VectorSet.OpenFile(file);
    }

    private static (int, int, int, int) Counts(JsonElement result, string last) =>
        (result.GetProperty("added").GetInt32(), result.GetProperty("moved").GetInt32(), result.GetProperty("gone").GetInt32(), result.GetProperty(last).GetInt32());

    private static byte[][] Saved(string index) => [.. new[] { ".ivf", ".npy", ".txt" }.Select(e => File.ReadAllBytes(Path.ChangeExtension(index, e)))];
}
