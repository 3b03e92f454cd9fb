using LineRec.Training;

namespace LineRec.Recipes;

/// <summary>A captured window as files: an index, a folder for each set of examples, and the items' features once for all sets that share them.</summary>
internal static class CapturedWindowFiles
{
    private const string IndexFile = "window.json";

    /// <summary>Writes a window.</summary>
    /// <param name="window">The window.</param>
    /// <param name="folder">An empty folder.</param>
    public static void Write(CapturedWindow window, string folder)
    {
        var (sets, items) = (new List<CapturedSet>(), new List<NpyMatrix<float>>());
        foreach (var (ranker, all) in window.Examples)
        {
            foreach (var examples in all)
            {
                if (!items.Contains(examples.ItemFeatures!))
                {
                    examples.ItemFeatures!.Save(ItemsFile(folder, items.Count));
                    items.Add(examples.ItemFeatures);
                }

                Write(examples, Directory.CreateDirectory(SetFolder(folder, sets.Count)).FullName);
                sets.Add(new CapturedSet(ranker, items.IndexOf(examples.ItemFeatures!)));
            }
        }

        RecipeJson.Write(Path.Combine(folder, IndexFile), new CapturedIndex(sets, window.Served));
    }

    /// <summary>Reads what <see cref="Write(CapturedWindow, string)"/> wrote, into memory: the folder may go then.</summary>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    public static CapturedWindow Read(string folder)
    {
        var index = RecipeJson.Read<CapturedIndex>(Path.Combine(folder, IndexFile));
        var window = new CapturedWindow { Served = index.Served };
        NpyMatrix<float>[] items = [.. index.Sets.Select(s => s.Items).Distinct().Order().Select(i => ReadMatrix(ItemsFile(folder, i)))];
        foreach (var (i, (ranker, at)) in index.Sets.Index()) window.Add(ranker, Read(SetFolder(folder, i), items[at]));
        return window;
    }

    private static void Write(RankingExamples examples, string set)
    {
        WriteArray(examples.GroupOffsets, set, nameof(RankingExamples.GroupOffsets));
        WriteArray(examples.ItemRows, set, nameof(RankingExamples.ItemRows));
        WriteArray(examples.Labels, set, nameof(RankingExamples.Labels));
        WriteArray(examples.GroupTimes!, set, nameof(RankingExamples.GroupTimes));
        examples.User!.Save(PathOf(set, nameof(RankingExamples.User)));
        examples.Cross!.Save(PathOf(set, nameof(RankingExamples.Cross)));
    }

    private static RankingExamples Read(string set, NpyMatrix<float> items) => new()
    {
        GroupOffsets = ReadArray<int>(set, nameof(RankingExamples.GroupOffsets)),
        ItemRows = ReadArray<int>(set, nameof(RankingExamples.ItemRows)),
        Labels = ReadArray<float>(set, nameof(RankingExamples.Labels)),
        GroupTimes = ReadArray<long>(set, nameof(RankingExamples.GroupTimes)),
        User = ReadMatrix(PathOf(set, nameof(RankingExamples.User))),
        Cross = ReadMatrix(PathOf(set, nameof(RankingExamples.Cross))),
        ItemFeatures = items,
    };

    private static void WriteArray<T>(T[] values, string set, string name)
        where T : unmanaged
    {
        using var column = new NpyMatrix<T>(values, 1);
        column.Save(PathOf(set, name));
    }

    private static T[] ReadArray<T>(string set, string name)
        where T : unmanaged
    {
        using var column = NpyMatrix<T>.Open(PathOf(set, name));
        return column.Slice(0, column.Rows).ToArray();
    }

    private static NpyMatrix<float> ReadMatrix(string path)
    {
        using var stored = NpyMatrix<float>.Open(path);
        return new NpyMatrix<float>(stored.Slice(0, stored.Rows).ToArray(), stored.Columns);
    }

    private static string ItemsFile(string folder, int index) => PathOf(folder, $"items-{index}");

    private static string SetFolder(string folder, int index) => Path.Combine(folder, $"set-{index}");

    private static string PathOf(string folder, string name) => Path.Combine(folder, name + ".npy");

    private sealed record CapturedIndex(IReadOnlyList<CapturedSet> Sets, Dictionary<string, int> Served);

    /// <summary>Whose a set is, and which items' features it has.</summary>
    private sealed record CapturedSet(string Ranker, int Items);
}
