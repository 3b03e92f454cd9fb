namespace LineRec;

/// <summary>
/// Writes a bundle aside and publishes it at once: until <see cref="Publish"/> has ended, readers see the version before.
/// </summary>
/// <remarks>Not thread-safe; several writers may work on one root. Disposing without publishing drops what was written.</remarks>
public sealed class BundleWriter : IDisposable
{
    private readonly string _root;
    private readonly string _version;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, ModelDescription> _models = new(StringComparer.Ordinal);
    private bool _published;

    private BundleWriter(string root, string version, string directory, TimeProvider time) =>
        (_root, _version, Directory, _time) = (root, version, directory, time);

    /// <summary>The folder to write files into, straight or through <see cref="PathOf"/>.</summary>
    public string Directory { get; }

    /// <summary>What was measured, for the manifest; finite numbers.</summary>
    public IDictionary<string, double> Metrics { get; } = new SortedDictionary<string, double>(StringComparer.Ordinal);

    /// <summary>What the bundle was made from, for the manifest.</summary>
    public IDictionary<string, string> Lineage { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Starts a bundle in a staging folder inside the root.</summary>
    /// <param name="root">The bundle root; made where it doesn't exist.</param>
    /// <param name="version">The new version: 1 to 100 letters, digits, '.', '_', '-'.</param>
    /// <param name="time">Dates the bundle. Default: the system's clock.</param>
    /// <exception cref="BundleException">The version is no plain name, or is published already.</exception>
    public static BundleWriter Create(string root, string version, TimeProvider? time = null)
    {
        if (!BundleNames.IsVersion(version)) throw new BundleException(root, version, "it can't be a version.", BundleNames.VersionRule);
        RequireNew(root, version);
        string staging = Path.Combine(root, $"{BundleDefaults.StagingPrefix}{version}-{Guid.NewGuid():N}");
        System.IO.Directory.CreateDirectory(staging);
        return new BundleWriter(root, version, staging, time ?? TimeProvider.System);
    }

    /// <summary>Where a file of the bundle is to be written; makes its folder.</summary>
    /// <param name="name">Its path in the bundle, with '/'.</param>
    /// <exception cref="BundleException">The name points outside the bundle or is hidden.</exception>
    public string PathOf(string name)
    {
        if (!BundleNames.IsFile(name)) throw new BundleException(Directory, name, "it isn't a plain path inside the bundle.", "Use names such as 'rankers/home.onnx'.");
        string path = Path.Combine(Directory, name);
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    /// <summary>Writes the catalog. Every bundle needs one.</summary>
    /// <param name="catalog">The items.</param>
    public void WriteCatalog(Catalog catalog) => CatalogFile.Write(PathOf(BundleDefaults.CatalogFile), catalog);

    /// <summary>Writes charts.</summary>
    /// <param name="charts">Charts by name.</param>
    public void WriteCharts(IReadOnlyDictionary<string, Chart> charts) => ChartsFile.Write(PathOf(BundleDefaults.ChartsFile), charts);

    /// <summary>Writes campaigns, past and coming ones too.</summary>
    /// <param name="campaigns">The campaigns.</param>
    /// <exception cref="BundleException">A campaign has no positive weight, or ends before it starts.</exception>
    public void WriteCampaigns(IReadOnlyList<Campaign> campaigns) => BundleCampaigns.Write(Directory, campaigns);

    /// <summary>Names an ONNX model of the bundle; a name given again replaces it.</summary>
    /// <param name="name">"user_tower", "item_tower", "rankers/home", …</param>
    /// <param name="model">Its file and inputs.</param>
    public void AddModel(string name, ModelDescription model)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        _models[name] = model;
    }

    /// <summary>
    /// Hashes all files, checks the bundle as a reader will, flushes it to the disk, renames it to its version and makes it current.
    /// </summary>
    /// <param name="makeCurrent">Whether hosts are to follow at once; otherwise <see cref="BundleRoot.SetCurrent"/> says so later.</param>
    /// <returns>The manifest.</returns>
    /// <exception cref="BundleException">A reader would refuse the bundle, or the version was published meanwhile. The version before stays current.</exception>
    public BundleManifest Publish(bool makeCurrent = true)
    {
        ObjectDisposedException.ThrowIf(_published, this);
        var files = BundleFiles.Describe(Directory);
        var created = DateTimeOffset.FromUnixTimeMilliseconds(_time.GetUtcNow().ToUnixTimeMilliseconds());
        var manifest = new BundleManifest(BundleDefaults.FormatVersion, _version, created, "", files, _models, (IReadOnlyDictionary<string, double>)Metrics, (IReadOnlyDictionary<string, string>)Lineage);
        manifest = manifest with { Fingerprint = manifest.ComputeFingerprint() };
        manifest.Write(Directory);
        BundleReader.Open(Directory, verify: true).Dispose();

        foreach (string name in files.Keys) DurableFile.Flush(Path.Combine(Directory, name));
        foreach (string folder in System.IO.Directory.EnumerateDirectories(Directory, "*", SearchOption.AllDirectories)) DurableFile.FlushDirectory(folder);
        DurableFile.FlushDirectory(Directory);
        RequireNew(_root, _version);
        string target = Path.Combine(_root, _version);
        try
        {
            System.IO.Directory.Move(Directory, target);
        }
        catch (IOException e) when (System.IO.Directory.Exists(target))
        {
            throw Exists(_root, _version, e); // another writer was faster
        }

        _published = true;
        DurableFile.FlushDirectory(_root);
        if (makeCurrent) BundleRoot.SetCurrent(_root, _version);
        return manifest;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_published || !System.IO.Directory.Exists(Directory)) return;
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    private static void RequireNew(string root, string version)
    {
        if (Path.Exists(Path.Combine(root, version))) throw Exists(root, version, null);
    }

    private static BundleException Exists(string root, string version, Exception? inner) =>
        new(root, version, "this version exists already, and a version never changes.", "Publish under a new version, or make this one current with BundleRoot.SetCurrent.", inner);
}
