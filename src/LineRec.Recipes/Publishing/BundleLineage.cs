using LineRec.Features;

namespace LineRec.Recipes;

/// <summary>What a published bundle was made from; null where its manifest doesn't say.</summary>
/// <param name="Data">The hash of the log.</param>
/// <param name="Spec">The fingerprint of the features.</param>
/// <param name="Code">The hash of the code.</param>
internal sealed record BundleLineage(string? Data, string? Spec, string? Code)
{
    /// <summary>Reads it from a bundle.</summary>
    /// <param name="bundle">The bundle's folder.</param>
    /// <param name="manifest">Its manifest.</param>
    public static BundleLineage Of(string bundle, BundleManifest manifest)
    {
        string? spec = null;
        if (manifest.Files.ContainsKey(BundleDefaults.FeaturesFile))
        {
            using var features = FittedFeatures.Load(bundle);
            spec = features.Fingerprint;
        }

        return new BundleLineage(manifest.Lineage.GetValueOrDefault("log"), spec, manifest.Lineage.GetValueOrDefault("code"));
    }
}
