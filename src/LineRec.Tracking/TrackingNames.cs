using System.Text.RegularExpressions;

namespace LineRec.Tracking;

/// <summary>Which names and values MLflow takes. They are checked before anything is written, since a name is a file's path in a folder store.</summary>
internal static partial class TrackingNames
{
    public static void RequireKey(string key, string what)
    {
        if (string.IsNullOrEmpty(key)) throw new ArgumentException($"A {what} has no name.");
        if (key.Length > TrackingLimits.KeyLength) throw new ArgumentException($"The {what} '{key[..40]}…' has a name of {key.Length} characters; MLflow takes {TrackingLimits.KeyLength}.");
        if (!Key().IsMatch(key)) throw new ArgumentException($"The {what} '{key}' has a character that MLflow doesn't take; use letters, digits, '_', '-', '.', ' ' and '/'.");
        if (!IsPlainPath(key)) throw new ArgumentException($"The {what} '{key}' doesn't name a file of its own; leave out '//', './', '../' and slashes at the ends.");
    }

    public static void RequireValue(string key, string value, int limit, string what)
    {
        if (value.Length > limit) throw new ArgumentException($"The {what} '{key}' has a value of {value.Length} characters; MLflow takes {limit}. Log longer texts as an artefact.");
    }

    public static void RequireAlias(string alias)
    {
        if (string.IsNullOrEmpty(alias) || alias.Length > TrackingLimits.AliasLength || !Alias().IsMatch(alias))
            throw new ArgumentException($"'{alias}' can't be an alias; use letters, digits, '_' and '-', at most {TrackingLimits.AliasLength}.", nameof(alias));
        if (alias.Equals("latest", StringComparison.OrdinalIgnoreCase) || VersionAlias().IsMatch(alias))
            throw new ArgumentException($"'{alias}' can't be an alias: MLflow keeps 'latest' and 'v' with a number for itself. Use a name such as 'champion'.", nameof(alias));
    }

    public static void RequireModel(string name)
    {
        if (string.IsNullOrWhiteSpace(name) || name.AsSpan().IndexOfAny("/\\%:") >= 0 || name is "." or "..")
            throw new ArgumentException($"'{name}' can't be the name of a registered model; give one without '/', '\\', ':' and '%'.", nameof(name));
    }

    public static void RequireArtifactPath(string path)
    {
        if (!IsPlainPath(path) || path.Contains('\\', StringComparison.Ordinal))
            throw new ArgumentException($"'{path}' doesn't lie among the run's artefacts; give a path like 'models/two-tower', without '..' and with '/' between its parts.");
    }

    public static void Require(DatasetInput dataset)
    {
        if (string.IsNullOrEmpty(dataset.Name) || string.IsNullOrEmpty(dataset.Digest)) throw new ArgumentException("A dataset needs a name and a digest.", nameof(dataset));
        RequireLength(dataset.Name, TrackingLimits.DatasetNameLength, dataset, nameof(dataset.Name));
        RequireLength(dataset.Digest, TrackingLimits.DatasetDigestLength, dataset, nameof(dataset.Digest));
        RequireLength(dataset.Source, TrackingLimits.DatasetSourceLength, dataset, nameof(dataset.Source));
        RequireLength(dataset.Schema ?? "", TrackingLimits.DatasetSchemaLength, dataset, nameof(dataset.Schema));
        RequireLength(dataset.Profile ?? "", TrackingLimits.DatasetProfileLength, dataset, nameof(dataset.Profile));
        foreach (var (key, value) in dataset.Tags)
        {
            RequireLength(key, TrackingLimits.DatasetTagKeyLength, dataset, "tag's name");
            RequireLength(value, TrackingLimits.DatasetTagValueLength, dataset, $"tag '{key}'");
        }
    }

    private static void RequireLength(string value, int limit, DatasetInput dataset, string what)
    {
        if (value.Length > limit) throw new ArgumentException($"The {what} of dataset '{dataset.Name}' has {value.Length} characters; MLflow takes {limit}.", nameof(dataset));
    }

    private static bool IsPlainPath(string path) => path.Length > 0 && !path.Split('/').Any(part => part is "" or "." or "..");

    [GeneratedRegex(@"^[/\w.\- ]+\z")]
    private static partial Regex Key();

    [GeneratedRegex(@"^[\w\-]+\z")]
    private static partial Regex Alias();

    [GeneratedRegex(@"^[vV]\d+\z")]
    private static partial Regex VersionAlias();
}
