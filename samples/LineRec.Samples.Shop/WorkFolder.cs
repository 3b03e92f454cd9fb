namespace LineRec.Samples.Shop;

/// <summary>Where a run keeps its files: the folder asked for, or a temporary one that goes with the run.</summary>
internal sealed class WorkFolder : IDisposable
{
    private readonly string? _temporary;

    public WorkFolder(string? folder)
    {
        string root = folder ?? (_temporary = Directory.CreateTempSubdirectory("linerec-shop-").FullName);
        (Log, Bundles) = (Path.Combine(root, "log"), root);
        Directory.CreateDirectory(Log);
        Directory.CreateDirectory(Bundles);
    }

    /// <summary>The log in LineRec's layout.</summary>
    public string Log { get; }

    /// <summary>The bundle root: the folder itself.</summary>
    public string Bundles { get; }

    public void Dispose()
    {
        if (_temporary is not null && Directory.Exists(_temporary)) Directory.Delete(_temporary, recursive: true);
    }
}
