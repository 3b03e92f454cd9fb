using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace LineRec.Tracking.Tests;

/// <summary>
/// Reads a folder as MLflow's file store does, and fails on anything that MLflow would fail on, leave out or not have written itself: an independent reading of its layout
/// (mlflow/store/tracking/file_store.py, mlflow/store/model_registry/file_store.py, mlflow/utils/validation.py of 2.11).
/// </summary>
internal static partial class MlrunsReader
{
    private static readonly string[] ExperimentKeys = ["artifact_location", "creation_time", "experiment_id", "last_update_time", "lifecycle_stage", "name"];

    private static readonly string[] RunKeys =
    [
        "artifact_uri", "deleted_time", "end_time", "entry_point_name", "experiment_id", "lifecycle_stage", "run_id", "run_name", "run_uuid", "source_name", "source_type", "source_version", "start_time", "status",
        "tags", "user_id",
    ];

    private static readonly string[] VersionKeys =
    [
        "aliases", "creation_timestamp", "current_stage", "description", "last_updated_timestamp", "name", "run_id", "run_link", "source", "status", "status_message", "storage_location", "user_id", "version",
    ];

    /// <summary>Checks the whole folder and counts its runs.</summary>
    public static int Check(string root)
    {
        int runs = 0;
        foreach (string folder in Directory.GetDirectories(root))
        {
            string name = Path.GetFileName(folder);
            if (name == ".trash") Assert.Empty(Directory.GetFileSystemEntries(folder));
            else if (name == "models") CheckModels(folder);
            else runs += CheckExperiment(folder);
        }

        Assert.Equal(["Default"], Directory.GetDirectories(root, "0").Select(d => Unquote(Meta(d, ExperimentKeys)["name"])));
        return runs;
    }

    private static int CheckExperiment(string folder)
    {
        var meta = Meta(folder, ExperimentKeys);
        Assert.Matches(ExperimentId(), Path.GetFileName(folder)); // MLflow's UI fails on others
        Assert.Equal(Path.GetFileName(folder), Unquote(meta["experiment_id"]));
        Assert.True(meta["experiment_id"][0] == '\'', "an experiment's id that isn't quoted would be read as a number");
        Assert.Equal(new Uri(folder).AbsoluteUri, Unquote(meta["artifact_location"]));
        Assert.All(["creation_time", "last_update_time"], k => Assert.Matches(Number(), meta[k]));
        Assert.Equal("active", meta["lifecycle_stage"]);
        string[] runs = [.. Directory.GetDirectories(folder).Where(d => Path.GetFileName(d) is not ("tags" or "datasets"))];
        foreach (string run in runs) CheckRun(run, Path.GetFileName(folder), meta);
        foreach (string dataset in Directory.Exists(Path.Combine(folder, "datasets")) ? Directory.GetDirectories(Path.Combine(folder, "datasets")) : [])
        {
            var about = Meta(dataset, ["digest", "name", "profile", "schema", "source", "source_type"]);
            Assert.Equal(Md5(Unquote(about["name"]), Unquote(about["digest"])), Path.GetFileName(dataset));
        }

        return runs.Length;
    }

    private static void CheckRun(string folder, string experiment, Dictionary<string, string> about)
    {
        var meta = Meta(folder, RunKeys);
        string id = Path.GetFileName(folder);
        Assert.Matches(RunId(), id);
        Assert.Equal((id, id, experiment), (Unquote(meta["run_id"]), Unquote(meta["run_uuid"]), Unquote(meta["experiment_id"])));
        Assert.Equal($"{Unquote(about["artifact_location"])}/{id}/artifacts", Unquote(meta["artifact_uri"]));
        Assert.Matches(Number(), meta["start_time"]);
        Assert.Matches(@"^(null|\d+)\z", meta["end_time"]);
        Assert.InRange(int.Parse(meta["status"], CultureInfo.InvariantCulture), 1, 5);
        Assert.Equal(("4", "[]", "null"), (meta["source_type"], meta["tags"], meta["deleted_time"]));
        Assert.DoesNotContain(Directory.GetFileSystemEntries(folder), e => Path.GetFileName(e) is not ("meta.yaml" or "metrics" or "params" or "tags" or "artifacts" or "inputs"));
        foreach (var (key, file) in Files(folder, "metrics"))
        {
            Assert.Matches(Key(), key);
            string text = File.ReadAllText(file);
            Assert.EndsWith("\n", text, StringComparison.Ordinal);
            Assert.All(text[..^1].Split('\n'), line => Assert.Matches(MetricLine(), line));
        }

        foreach (var (key, _) in Files(folder, "params").Concat(Files(folder, "tags"))) Assert.Matches(Key(), key);
        foreach (string input in Directory.Exists(Path.Combine(folder, "inputs")) ? Directory.GetDirectories(Path.Combine(folder, "inputs")) : [])
        {
            var use = Meta(input, ["destination_id", "destination_type", "source_id", "source_type", "tags"]);
            Assert.Equal(("RUN", "DATASET"), (use["destination_type"], use["source_type"]));
            Assert.Equal(Md5(Unquote(use["source_id"]), id), Path.GetFileName(input));
            Assert.True(Directory.Exists(Path.Combine(folder, "..", "datasets", Unquote(use["source_id"]))));
        }
    }

    private static void CheckModels(string folder)
    {
        foreach (string model in Directory.GetDirectories(folder))
        {
            Assert.Equal(Path.GetFileName(model), Unquote(Meta(model, ["aliases", "creation_timestamp", "description", "last_updated_timestamp", "name"])["name"]));
            string[] versions = Directory.GetDirectories(model, "version-*");
            foreach (string version in versions)
            {
                var meta = Meta(version, VersionKeys);
                Assert.Equal(Path.GetFileName(version), $"version-{meta["version"]}");
                Assert.Equal(("None", "READY"), (meta["current_stage"], meta["status"]));
            }

            foreach (var (_, alias) in Files(model, "aliases")) Assert.Contains(versions, v => Path.GetFileName(v) == $"version-{File.ReadAllText(alias)}");
        }
    }

    private static IEnumerable<(string Key, string Path)> Files(string folder, string name) => !Directory.Exists(Path.Combine(folder, name)) ? [] :
        Directory.GetFiles(Path.Combine(folder, name), "*", SearchOption.AllDirectories).Select(f => (Path.GetRelativePath(Path.Combine(folder, name), f).Replace('\\', '/'), f));

    // The top keys and their text as it stands, sorted as PyYAML sorts them.
    private static Dictionary<string, string> Meta(string folder, string[] keys)
    {
        string[] lines = File.ReadAllText(Path.Combine(folder, "meta.yaml")).TrimEnd('\n').Split('\n');
        var pairs = lines.Where(l => l[0] != ' ').Select(l => l.Split(':', 2)).ToDictionary(p => p[0], p => p[1].TrimStart(' '));
        Assert.Equal(keys, pairs.Keys);
        return pairs;
    }

    private static string Unquote(string value) => value is ['\'', .. var inner, '\''] ? inner.Replace("''", "'", StringComparison.Ordinal) : value;

#pragma warning disable CA5351
    private static string Md5(string one, string two) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(one + two)));
#pragma warning restore CA5351

    [GeneratedRegex(@"^[a-zA-Z0-9][\w\-]{0,63}\z")]
    private static partial Regex ExperimentId();

    [GeneratedRegex(@"^[a-zA-Z0-9][\w\-]{0,255}\z")]
    private static partial Regex RunId();

    [GeneratedRegex(@"^[/\w.\- ]+\z")]
    private static partial Regex Key();

    [GeneratedRegex(@"^\d+\z")]
    private static partial Regex Number();

    [GeneratedRegex(@"^\d+ (nan|-?inf|-?\d+\.\d+|-?\d(\.\d+)?e[-+]\d{2,3}) -?\d+\z")]
    private static partial Regex MetricLine();
}
