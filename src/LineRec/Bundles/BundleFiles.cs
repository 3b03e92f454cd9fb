namespace LineRec;

/// <summary>The files of a bundle against its manifest.</summary>
internal static class BundleFiles
{
    private const string Remedy = "Publish the bundle again, or copy it whole from where it was published.";

    /// <summary>Sizes and hashes of all files in a folder but its manifest. O(bytes).</summary>
    public static SortedDictionary<string, BundleFile> Describe(string bundle)
    {
        var files = new SortedDictionary<string, BundleFile>(StringComparer.Ordinal);
        foreach (string name in List(bundle))
        {
            if (!BundleNames.IsFile(name)) throw new BundleException(bundle, name, "its name isn't fit for a bundle (hidden, or with unusual characters).", "Rename or delete it.");
            string path = Path.Combine(bundle, name);
            files.Add(name, new BundleFile(new FileInfo(path).Length, BundleFingerprint.OfFile(path)));
        }

        return files;
    }

    /// <summary>Refuses a bundle whose files aren't those of its manifest.</summary>
    /// <param name="bundle">The bundle's folder.</param>
    /// <param name="manifest">Its manifest.</param>
    /// <param name="hashes">Whether contents are compared too: O(bytes).</param>
    public static void Verify(string bundle, BundleManifest manifest, bool hashes)
    {
        foreach (var (name, expected) in manifest.Files)
        {
            var file = new FileInfo(Path.Combine(bundle, name));
            if (!file.Exists) throw new BundleException(bundle, name, "it is missing.", Remedy);
            if (file.Length != expected.Size)
                throw new BundleException(bundle, name, $"it has {file.Length} bytes, the manifest says {expected.Size}; it is {(file.Length < expected.Size ? "truncated" : "changed")}.", Remedy);
            if (hashes && BundleFingerprint.OfFile(file.FullName) is var hash && hash != expected.Hash)
                throw new BundleException(bundle, name, $"its hash is {hash}, the manifest says {expected.Hash}; it is damaged or changed.", Remedy);
        }

        // A note or a lock file does no harm; what components would read must be what was published.
        foreach (string name in List(bundle))
        {
            if (!manifest.Files.ContainsKey(name) && Path.GetExtension(name) is ".npy" or ".onnx" or ".json" or ".arrows")
                throw new BundleException(bundle, name, "it isn't in the manifest: it was added after publishing.", "Delete it, or publish a new version with it.");
        }
    }

    private static IEnumerable<string> List(string bundle) =>
        Directory.EnumerateFiles(bundle, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(bundle, path).Replace('\\', '/'))
            .Where(name => name != BundleDefaults.ManifestFile);
}
