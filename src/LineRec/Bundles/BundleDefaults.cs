namespace LineRec;

/// <summary>Names and numbers of the bundle format.</summary>
public static class BundleDefaults
{
    /// <summary>The format version that this library writes, and the newest that it reads.</summary>
    public const int FormatVersion = 1;

    /// <summary>The manifest: what the bundle holds, with sizes and hashes.</summary>
    public const string ManifestFile = "manifest.json";

    /// <summary>The file of a bundle root that names the version to serve.</summary>
    public const string CurrentFile = "current";

    /// <summary>The catalog, in the Arrow IPC stream format.</summary>
    public const string CatalogFile = "catalog.arrows";

    /// <summary>The charts, in the Arrow IPC stream format.</summary>
    public const string ChartsFile = "charts.arrows";

    /// <summary>The campaigns.</summary>
    public const string CampaignsFile = "campaigns.json";

    /// <summary>The feature spec and its fitted state; its property "fingerprint" is what models are tied to.</summary>
    public const string FeaturesFile = "features.json";

    /// <summary>The item vectors, a row a catalog row.</summary>
    public const string ItemVectorsFile = "items.npy";

    /// <summary>The item-to-item neighbours, a row a catalog row.</summary>
    public const string NeighboursFile = "neighbours.npy";

    /// <summary>The neighbours' scores, of the shape of <see cref="NeighboursFile"/>.</summary>
    public const string NeighbourScoresFile = "neighbour_scores.npy";

    /// <summary>How often a root is looked at for a newer version: 5 seconds.</summary>
    public static readonly TimeSpan PollingInterval = TimeSpan.FromSeconds(5);

    internal const string StagingPrefix = ".staging-";
}
