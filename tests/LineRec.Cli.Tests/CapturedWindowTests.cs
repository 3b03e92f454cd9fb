using LineRec.Recipes;
using LineRec.Training;

namespace LineRec.Cli.Tests;

/// <summary>What was captured of a window is kept as files until the rankers are trained.</summary>
public sealed class CapturedWindowTests : IDisposable
{
    private const string Name = "captured-20260103";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("linerec-captured-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_window_is_read_as_it_was_written_to_the_bit()
    {
        using NpyMatrix<float> ofWindow = new([1f, float.NaN, -0f, 4f], 2), ofServed = new([5f, 6f], 2);
        var window = new CapturedWindow { Served = { ["home"] = 1, ["cart"] = 0 } };
        window.Add("search", Examples(ofWindow, 1));
        window.Add("home", Examples(ofServed, 2));
        window.Add("home", Examples(ofWindow, 3));
        CapturedWindowFiles.Write(window, _folder.FullName);
        var read = CapturedWindowFiles.Read(_folder.FullName);
        _folder.EnumerateDirectories().ToList().ForEach(d => d.Delete(recursive: true)); // nothing is mapped

        Assert.Equal(window.Served, read.Served);
        Assert.Equal(["search", "home"], read.Examples.Keys);
        Assert.Equal([1, 2], read.Examples.Values.Select(sets => sets.Count));
        foreach (var (ranker, sets) in window.Examples)
        {
            foreach (var (expected, found) in sets.Zip(read.Examples[ranker])) AssertEqual(expected, found);
        }

        Assert.Same(read.Examples["search"][0].ItemFeatures, read.Examples["home"][1].ItemFeatures); // one copy, as it was captured
    }

    [Theory]
    [InlineData("files.json", true)]
    [InlineData("value.json", true)]
    [InlineData("value.json", false)]
    public void What_is_kept_is_made_once_and_again_where_it_is_damaged(string file, bool isThere)
    {
        int made = 0;
        var checkpoints = TrainingCheckpoints.In(_folder.FullName, new RecipeSettings(), SmallShop.Quiet())!;
        int Keep() => checkpoints.Keep(Name, () => ++made, (value, folder) => RecipeJson.Write(Path.Combine(folder, "value.json"), value), folder => RecipeJson.Read<int>(Path.Combine(folder, "value.json")));
        Assert.Equal((1, 1), (Keep(), Keep()));
        string path = Path.Combine(_folder.FullName, Name, file);
        if (isThere) File.AppendAllText(path, " 7");
        else File.Delete(path);
        Assert.Equal((2, 2), (Keep(), Keep()));

        // One that was killed in writing has left no more than this.
        Directory.Move(Path.Combine(_folder.FullName, Name), Path.Combine(_folder.FullName, Name + ".making"));
        Assert.Equal((3, 3), (Keep(), Keep()));
        Assert.Equal(Name, Assert.Single(_folder.EnumerateDirectories()).Name);
    }

    private static RankingExamples Examples(NpyMatrix<float> items, int seed)
    {
        var random = new Random(seed);
        float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
        return new RankingExamples
        {
            GroupOffsets = [0, 2, 3],
            ItemRows = [0, random.Next(items.Rows), 0],
            Labels = [1f, 0f, random.Next(2)],
            GroupTimes = [random.NextInt64(), random.NextInt64()],
            User = new NpyMatrix<float>(Numbers(6), 3),
            Cross = new NpyMatrix<float>(Numbers(12), 4),
            ItemFeatures = items,
        };
    }

    private static void AssertEqual(RankingExamples expected, RankingExamples found)
    {
        Assert.Equal(expected.GroupOffsets, found.GroupOffsets);
        Assert.Equal(expected.ItemRows, found.ItemRows);
        Assert.Equal(expected.Labels, found.Labels);
        Assert.Equal(expected.GroupTimes, found.GroupTimes);
        AssertEqual(expected.User, found.User);
        AssertEqual(expected.Cross, found.Cross);
        AssertEqual(expected.ItemFeatures, found.ItemFeatures);
        Assert.Equal((null, null), (found.Weights, found.ItemEmbeddings));
    }

    private static void AssertEqual(NpyMatrix<float>? expected, NpyMatrix<float>? found)
    {
        Assert.Equal(expected!.Columns, found!.Columns);
        Assert.Equal(Bits(expected), Bits(found));
    }

    private static IEnumerable<int> Bits(NpyMatrix<float> matrix) => matrix.Slice(0, matrix.Rows).ToArray().Select(BitConverter.SingleToInt32Bits);
}
