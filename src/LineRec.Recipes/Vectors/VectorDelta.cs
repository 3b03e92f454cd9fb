using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace LineRec.Recipes;

/// <summary>
/// What has changed of items' vectors since an earlier set: a folder with <c>changed.npy</c> and <c>changed.txt</c> (items that are new or moved), <c>gone.txt</c> (items that are no more),
/// and <c>delta.json</c>, which is written last.
/// </summary>
internal sealed record VectorDelta
{
    private const string FileName = "delta.json", ChangedName = "changed.npy", ChangedIds = "changed.txt", GoneName = "gone.txt";

    /// <summary>The hash of the set that it changes.</summary>
    public required string Since { get; init; }

    /// <summary>The vectors' length.</summary>
    public required int Dimension { get; init; }

    /// <summary>Up to which distance a vector counts as unmoved.</summary>
    public required double Tolerance { get; init; }

    /// <summary>Items that the earlier set doesn't have.</summary>
    public required int Added { get; init; }

    /// <summary>Items whose vector moved by more than the tolerance.</summary>
    public required int Moved { get; init; }

    /// <summary>Items that only the earlier set has.</summary>
    public required int Gone { get; init; }

    /// <summary>Items that keep their earlier vector.</summary>
    public required int Kept { get; init; }

    /// <summary>The files by their names, and their SHA-256.</summary>
    public required SortedDictionary<string, string> Files { get; init; }

    /// <summary>Compares two sets and writes the difference.</summary>
    /// <param name="now">The set that holds now.</param>
    /// <param name="before">The earlier one.</param>
    /// <param name="tolerance">0: any change counts; else the distance that a vector must have moved by more than (<see cref="Distance"/>).</param>
    /// <param name="folder">Receives the files; what is there of an earlier delta is replaced.</param>
    /// <exception cref="RecipeException">The vectors differ in length.</exception>
    public static VectorDelta Write(VectorSet now, VectorSet before, double tolerance, string folder)
    {
        int dimension = now.Vectors.Columns;
        if (before.Vectors.Columns != dimension)
            throw new RecipeException(RecipeFault.Input, $"'{now.Name}' has vectors of {dimension} values, '{before.Name}' of {before.Vectors.Columns}: no vector is left as it was. Embed without --since, and build the index anew.");
        int[] changed = [.. now.Rows.Where(i => !before.Rows.TryGetValue(i.Key, out int row) || IsMoved(before.Vectors[row], now.Vectors[i.Value], tolerance)).Select(i => i.Value).Order()];
        string[] gone = [.. before.Rows.Keys.Where(i => !now.Rows.ContainsKey(i)).Order(StringComparer.Ordinal)];
        int added = changed.Count(row => !before.Rows.ContainsKey(now.Ids[row]));

        Directory.CreateDirectory(folder);
        File.Delete(Path.Combine(folder, FileName)); // without it the folder is no delta, until all is there
        using (var writer = new NpyWriter<float>(Path.Combine(folder, ChangedName), changed.Length, dimension))
        {
            foreach (int row in changed) writer.Write(now.Vectors[row]);
            writer.Complete();
        }

        File.WriteAllLines(Path.Combine(folder, ChangedIds), changed.Select(row => now.Ids[row]));
        File.WriteAllLines(Path.Combine(folder, GoneName), gone);
        var delta = new VectorDelta
        {
            Since = before.Fingerprint(),
            Dimension = dimension,
            Tolerance = tolerance,
            Added = added,
            Moved = changed.Length - added,
            Gone = gone.Length,
            Kept = now.Rows.Count - changed.Length,
            Files = HashesOf(folder),
        };
        RecipeJson.Replace(Path.Combine(folder, FileName), delta);
        return delta;
    }

    /// <summary>Reads a delta.</summary>
    /// <exception cref="RecipeException">The folder holds none that is whole.</exception>
    public static VectorDelta Read(string folder)
    {
        string file = Path.Combine(folder, FileName);
        if (!File.Exists(file)) throw new RecipeException(RecipeFault.NotReady, $"'{folder}' holds no delta that was written to its end. Wait for 'linerec embed --since', or run it (again).");
        var delta = RecipeJson.Read<VectorDelta>(file);
        return delta.Files.SequenceEqual(HashesOf(folder)) ? delta : throw new RecipeException(RecipeFault.Input, $"Files of the delta '{folder}' were changed since they were written. Write it anew by 'linerec embed --since', or copy it again.");
    }

    /// <summary>The items that are new or moved, with their vectors.</summary>
    public static VectorSet OpenChanged(string folder) => VectorSet.OpenFile(Path.Combine(folder, ChangedName));

    /// <summary>The items that are no more.</summary>
    public static string[] ReadGone(string folder) => File.ReadAllLines(Path.Combine(folder, GoneName));

    /// <summary>How far a vector is from another, 0 to 2: 1 - a·b / max(a·a, b·b). With equal lengths that is the cosine distance; a change of length counts, too. NaN where a value is.</summary>
    internal static double Distance(ReadOnlySpan<float> a, ReadOnlySpan<float> b) =>
        1 - ((double)TensorPrimitives.Dot(a, b) / Math.Max(TensorPrimitives.SumOfSquares(a), TensorPrimitives.SumOfSquares(b)));

    private static bool IsMoved(ReadOnlySpan<float> before, ReadOnlySpan<float> now, double tolerance) =>
        !MemoryMarshal.AsBytes(before).SequenceEqual(MemoryMarshal.AsBytes(now)) && (tolerance == 0 || !(Distance(before, now) <= tolerance));

    private static SortedDictionary<string, string> HashesOf(string folder) => new(StringComparer.Ordinal)
    {
        [ChangedName] = FileFingerprint.Of(Path.Combine(folder, ChangedName)), [ChangedIds] = FileFingerprint.Of(Path.Combine(folder, ChangedIds)), [GoneName] = FileFingerprint.Of(Path.Combine(folder, GoneName)),
    };
}
