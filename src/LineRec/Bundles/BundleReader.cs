namespace LineRec;

/// <summary>Opens bundles. Only load bundles that you trust: the hashes find damage, not malice.</summary>
public static class BundleReader
{
    /// <summary>
    /// Opens a bundle and refuses one that is damaged, incomplete, a mixture of models, or of a newer format. The catalog, charts and
    /// campaigns are read into memory; other files stay where they are for components to map or load.
    /// </summary>
    /// <param name="path">A bundle root (its current version is opened) or a bundle's own folder.</param>
    /// <param name="verify">Whether the hash of every file and the range of every neighbour are checked: O(bytes). Presence, sizes, shapes and fingerprints always are.</param>
    /// <returns>The snapshot; the caller disposes it.</returns>
    /// <exception cref="BundleException">The bundle is refused.</exception>
    public static ModelSnapshot Open(string path, bool verify = true)
    {
        string bundle = Path.GetFullPath(BundleRoot.Resolve(path));
        var manifest = BundleManifest.Read(bundle);
        try
        {
            BundleFiles.Verify(bundle, manifest, verify);
            var catalog = CatalogFile.Read(bundle);
            BundleAlignment.Check(bundle, manifest, catalog, verify);
            return new ModelSnapshot(catalog)
            {
                Version = manifest.Version,
                Fingerprint = manifest.Fingerprint,
                Directory = bundle,
                Created = manifest.Created,
                Models = manifest.Models,
                Charts = ChartsFile.Read(bundle, catalog),
                Campaigns = BundleCampaigns.Read(bundle),
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BundleException(bundle, BundleDefaults.ManifestFile, $"a file of the bundle couldn't be read: {e.Message}", "Check the folder and its permissions.", e);
        }
    }
}
