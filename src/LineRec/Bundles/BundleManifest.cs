using System.Text.Json;

namespace LineRec;

/// <summary>The manifest of a bundle, manifest.json: what the bundle holds and where it came from.</summary>
/// <param name="FormatVersion">The format of the bundle; see <see cref="BundleDefaults.FormatVersion"/>.</param>
/// <param name="Version">The bundle's version.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Fingerprint">The hash over everything that serves; see <see cref="ComputeFingerprint"/>.</param>
/// <param name="Files">Every file but the manifest, by its path in the bundle, with '/'.</param>
/// <param name="Models">The ONNX models by name ("user_tower", "rankers/home", …).</param>
/// <param name="Metrics">What was measured when it was made ("home/auc", …); finite numbers.</param>
/// <param name="Lineage">What it was made from (data, code, settings), as free text by name.</param>
public sealed record BundleManifest(
    int FormatVersion,
    string Version,
    DateTimeOffset Created,
    string Fingerprint,
    IReadOnlyDictionary<string, BundleFile> Files,
    IReadOnlyDictionary<string, ModelDescription> Models,
    IReadOnlyDictionary<string, double> Metrics,
    IReadOnlyDictionary<string, string> Lineage)
{
    /// <summary>Reads and checks a bundle's manifest; the files that it names aren't looked at.</summary>
    /// <param name="bundle">The bundle's folder.</param>
    /// <exception cref="BundleException">It is missing, damaged, of a newer format, or names a file outside the bundle.</exception>
    public static BundleManifest Read(string bundle)
    {
        string path = Path.Combine(bundle, BundleDefaults.ManifestFile);
        if (!File.Exists(path)) throw Refuse(bundle, "it is missing.", "Publish the bundle again; a folder without a manifest was never a whole bundle.");
        try
        {
            byte[] json = File.ReadAllBytes(path);
            RequireKnownFormat(bundle, json);
            var manifest = JsonSerializer.Deserialize(json, BundleJson.Default.BundleManifest)
                ?? throw Refuse(bundle, "it holds null.", "Publish the bundle again.");
            manifest.Validate(bundle);
            return manifest;
        }
        catch (JsonException e)
        {
            throw Refuse(bundle, $"it isn't a manifest: {e.Message}", "Publish the bundle again.", e);
        }
    }

    /// <summary>The hash over everything that serves: format, version, time, every file and every model. Metrics and lineage aren't part of it.</summary>
    /// <returns>32 hexadecimal digits.</returns>
    public string ComputeFingerprint() => BundleFingerprint.Of(this);

    internal void Write(string bundle)
    {
        foreach (var (name, value) in Metrics)
        {
            if (!double.IsFinite(value)) throw Refuse(bundle, $"metric '{name}' is {value}.", "Metrics must be finite; leave out what couldn't be measured.");
        }

        DurableFile.Write(Path.Combine(bundle, BundleDefaults.ManifestFile), JsonSerializer.SerializeToUtf8Bytes(this, BundleJson.Default.BundleManifest));
    }

    private static void RequireKnownFormat(string bundle, byte[] json)
    {
        // First of all and leniently: a newer format may look different in every other respect.
        using var document = JsonDocument.Parse(json);
        if (document.RootElement.ValueKind != JsonValueKind.Object ||
            !document.RootElement.TryGetProperty("format_version", out var value) || value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out int format) || format < 1)
            throw Refuse(bundle, "it has no format_version of 1 or more.", "Publish the bundle again.");
        if (format > BundleDefaults.FormatVersion)
            throw Refuse(bundle, $"its format version is {format}; this library reads up to {BundleDefaults.FormatVersion}.", "Update LineRec in this host, or publish with the older version.");
    }

    private void Validate(string bundle)
    {
        foreach (string name in Files.Keys)
        {
            if (!BundleNames.IsFile(name) || name == BundleDefaults.ManifestFile)
                throw Refuse(bundle, $"it names the file '{name}', which isn't a plain path inside the bundle.", "Don't use this bundle; publish it again from a source you trust.");
        }

        foreach (var (name, model) in Models)
        {
            if (!Files.ContainsKey(model.File))
                throw Refuse(bundle, $"model '{name}' is said to be in '{model.File}', which isn't among the bundle's files.", "Write the model's file before publishing.");
        }

        if (!BundleNames.IsVersion(Version)) throw Refuse(bundle, $"its version '{Version}' isn't a plain name.", BundleNames.VersionRule);
        string expected = ComputeFingerprint();
        if (Fingerprint != expected)
            throw Refuse(bundle, $"its fingerprint is '{Fingerprint}', what it lists gives '{expected}'; it was changed after publishing.", "Publish the bundle again.");
    }

    private static BundleException Refuse(string bundle, string problem, string remedy, Exception? inner = null) =>
        new(bundle, BundleDefaults.ManifestFile, problem, remedy, inner);
}
