namespace LineRec.Recipes;

/// <summary>Copies bundles into the root that hosts follow. Which one serves is the registry's affair.</summary>
internal static class BundlePublisher
{
    /// <summary>Copies a bundle under its own version; one that is there already, whole, is left as it is.</summary>
    /// <param name="source">The bundle's folder.</param>
    /// <param name="root">The root.</param>
    /// <param name="measured">What was measured since it was made, for its manifest.</param>
    /// <returns>The manifest of the copy.</returns>
    /// <exception cref="BundleException">The bundle is damaged.</exception>
    public static BundleManifest Copy(string source, string root, IReadOnlyDictionary<string, double> measured)
    {
        var manifest = BundleManifest.Read(source);
        string target = Path.Combine(root, manifest.Version);
        if (Path.GetFullPath(source) == Path.GetFullPath(target)) BundleReader.Open(source).Dispose();
        else if (Directory.Exists(target) && FindDamage(target) is not null) Directory.Delete(target, recursive: true);
        if (Directory.Exists(target)) return BundleManifest.Read(target);
        using var bundle = BundleWriter.Create(root, manifest.Version, new FixedTime(manifest.Created)); // equal to the byte
        RetrievalBundle.CopyInto(bundle, source, BundleDefaults.ManifestFile);
        foreach (var (name, model) in manifest.Models) bundle.AddModel(name, model);
        foreach (var (name, value) in manifest.Metrics.Concat(measured)) bundle.Metrics[name] = value;
        foreach (var (name, value) in manifest.Lineage) bundle.Lineage[name] = value;
        return bundle.Publish(makeCurrent: false);
    }

    /// <summary>What is wrong with a bundle; null where it is whole. O(bytes).</summary>
    public static string? FindDamage(string bundle)
    {
        try
        {
            BundleReader.Open(bundle).Dispose();
            return null;
        }
        catch (BundleException e)
        {
            return e.Message;
        }
    }
}
