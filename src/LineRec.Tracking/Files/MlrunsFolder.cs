namespace LineRec.Tracking;

/// <summary>
/// Where things lie in MLflow's file store (mlflow/store/tracking/file_store.py and mlflow/store/model_registry/file_store.py of MLflow 2):
/// <code>
/// EXPERIMENT/meta.yaml, tags/KEY, datasets/ID/meta.yaml
/// EXPERIMENT/RUN/meta.yaml, params/KEY, metrics/KEY, tags/KEY, inputs/ID/meta.yaml, artifacts/PATH
/// models/NAME/meta.yaml, aliases/ALIAS, version-N/meta.yaml, version-N/tags/KEY
/// .trash/EXPERIMENT
/// </code>
/// </summary>
internal static class MlrunsFolder
{
    public const string Meta = "meta.yaml";
    public const string Params = "params";
    public const string Metrics = "metrics";
    public const string Tags = "tags";
    public const string Inputs = "inputs";
    public const string Datasets = "datasets";
    public const string Artifacts = "artifacts";
    public const string Models = "models";
    public const string Aliases = "aliases";
    public const string Trash = ".trash";
    public const string VersionPrefix = "version-";
    public const string DefaultExperimentId = "0";
    public const string DefaultExperiment = "Default";

    /// <summary>The folders of experiments: all that aren't models or trash.</summary>
    public static IEnumerable<string> Experiments(string root) =>
        Directory.EnumerateDirectories(root).Where(d => Path.GetFileName(d) is not (Models or Trash) && File.Exists(Path.Combine(d, Meta)));

    /// <summary>The folders of an experiment's runs.</summary>
    public static IEnumerable<string> Runs(string experiment) =>
        Directory.EnumerateDirectories(experiment).Where(d => Path.GetFileName(d) is not (Tags or Datasets) && File.Exists(Path.Combine(d, Meta)));

    /// <summary>What a folder of one file a name holds, by name; names with '/' lie in folders below.</summary>
    public static IEnumerable<(string Key, string Path)> Files(string folder) => !Directory.Exists(folder) ? [] : Directory
        .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Select(f => (Key: Path.GetRelativePath(folder, f).Replace('\\', '/'), Path: f)).OrderBy(f => f.Key, StringComparer.Ordinal);

    /// <summary>The texts of a folder of one file a name.</summary>
    public static Dictionary<string, string> Texts(string folder) => Files(folder).ToDictionary(f => f.Key, f => SharedFile.Read(f.Path));

    public static string Uri(string path) => new Uri(path).AbsoluteUri;
}
