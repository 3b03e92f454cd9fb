using System.Globalization;

namespace LineRec.Recipes;

/// <summary>Where a sweep's state lies: what it is about, a file a finished training, and the best settings. A training that was finished is never begun again.</summary>
/// <remarks>One writer at a time: <see cref="RunLock"/>.</remarks>
internal sealed class SweepFolder
{
    /// <summary>The best settings, a configuration file.</summary>
    public const string BestFile = "best.yaml";

    private const string AboutFile = "sweep.json", TrialsFolder = "trials", CheckpointsFolder = "checkpoints";

    private readonly string _directory;

    private SweepFolder(string directory) => _directory = directory;

    /// <summary>The path of the best settings.</summary>
    public string Best => Path.Combine(_directory, BestFile);

    /// <summary>Opens a sweep's folder, or begins one.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="about">All that results depend on, by name.</param>
    /// <exception cref="RecipeException">It holds the results of another sweep.</exception>
    public static SweepFolder Open(string directory, SortedDictionary<string, string> about)
    {
        Directory.CreateDirectory(Path.Combine(directory, TrialsFolder));
        string file = Path.Combine(directory, AboutFile);
        if (!File.Exists(file)) RecipeJson.Replace(file, about);
        var known = RecipeJson.Read<SortedDictionary<string, string>>(file);
        string[] changed = [.. about.Keys.Union(known.Keys).Where(k => about.GetValueOrDefault(k) != known.GetValueOrDefault(k)).Order(StringComparer.Ordinal)];
        if (changed.Length > 0)
            throw new RecipeException(RecipeFault.Input, $"'{directory}' holds a sweep whose results can't be compared with those of this one; changed: {string.Join(", ", changed)}. Give another --out, or delete that folder.");
        return new SweepFolder(directory);
    }

    /// <summary>The results so far, by trial and rung.</summary>
    public IReadOnlyList<SweepResult> Read() => [.. Directory.EnumerateFiles(Path.Combine(_directory, TrialsFolder), "*.json").Order(StringComparer.Ordinal).Select(RecipeJson.Read<SweepResult>)];

    /// <summary>Keeps a result.</summary>
    public void Add(SweepResult result) => RecipeJson.Replace(Path.Combine(_directory, TrialsFolder, NameOf(new(result.Trial, result.Rung)) + ".json"), result);

    /// <summary>Where a training keeps checkpoints until its result is added.</summary>
    public string CheckpointsOf(SweepJob job) => Path.Combine(_directory, CheckpointsFolder, NameOf(job));

    /// <summary>Removes the checkpoints of all trainings: after their results were added.</summary>
    public void RemoveCheckpoints()
    {
        string all = Path.Combine(_directory, CheckpointsFolder);
        if (Directory.Exists(all)) Directory.Delete(all, recursive: true);
    }

    /// <summary>Keeps the best settings.</summary>
    /// <param name="yaml">The configuration file's text.</param>
    public void WriteBest(string yaml) => TextFile.Replace(Best, yaml);

    private static string NameOf(SweepJob job) => string.Create(CultureInfo.InvariantCulture, $"{job.Trial:D6}-{job.Rung:D2}");
}
