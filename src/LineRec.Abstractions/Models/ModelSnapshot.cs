namespace LineRec;

/// <summary>
/// Everything that one deployed model version needs: catalog, charts, campaigns, and the files of its bundle, with what was built from
/// them (indexes, sessions, tables), each once for all placements. One fingerprint; never a mixture of two versions.
/// </summary>
/// <remarks>Thread-safe. Disposed when a newer one has taken over and the last request on it has ended; disposing disposes what was shared.</remarks>
public sealed class ModelSnapshot : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(Type Type, string Key), object> _shared = [];
    private readonly List<object> _sharedInOrder = [];
    private bool _disposed;

    /// <summary>Creates a snapshot.</summary>
    /// <param name="catalog">The items.</param>
    public ModelSnapshot(Catalog catalog) => Catalog = catalog;

    /// <summary>The items.</summary>
    public Catalog Catalog { get; }

    /// <summary>The bundle's version, or "memory" for a snapshot that came from no bundle.</summary>
    public string Version { get; init; } = "memory";

    /// <summary>The hash that ties the version's artefacts together.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>The bundle's folder, or null for a snapshot in memory.</summary>
    public string? Directory { get; init; }

    /// <summary>When the bundle was made; what the models know ends before it.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>Campaigns, past and coming ones too.</summary>
    public IReadOnlyList<Campaign> Campaigns { get; init; } = [];

    /// <summary>Charts by name.</summary>
    public IReadOnlyDictionary<string, Chart> Charts { get; init; } = new Dictionary<string, Chart>(StringComparer.Ordinal);

    /// <summary>The models of the bundle by name ("user_tower", "rankers/home", …).</summary>
    public IReadOnlyDictionary<string, ModelDescription> Models { get; init; } = new Dictionary<string, ModelDescription>(StringComparer.Ordinal);

    /// <summary>Finds a file of the bundle.</summary>
    /// <param name="name">Its path in the bundle, with '/'.</param>
    /// <returns>Its full path, or null where the snapshot has no such file.</returns>
    public string? FindFile(string name)
    {
        if (Directory is null) return null;
        string path = Path.Combine(Directory, name);
        return File.Exists(path) ? path : null;
    }

    /// <summary>A file of the bundle.</summary>
    /// <param name="name">Its path in the bundle, with '/'.</param>
    /// <param name="neededBy">Who needs it, for the message.</param>
    /// <exception cref="InvalidOperationException">The snapshot has no such file.</exception>
    public string GetFile(string name, string neededBy) => FindFile(name) ?? throw new InvalidOperationException(
        Directory is null
            ? $"{neededBy} needs the bundle file '{name}', but this snapshot is in memory only. Load a bundle that has it."
            : $"{neededBy} needs the file '{name}', which bundle '{Version}' at '{Directory}' doesn't have. Train and publish it, or leave {neededBy} out.");

    /// <summary>What is shared under a key, made on first use.</summary>
    /// <typeparam name="T">Its type; part of the key.</typeparam>
    /// <param name="key">The key.</param>
    /// <param name="create">Makes it; called once, under a lock. The snapshot disposes what it made.</param>
    /// <exception cref="ObjectDisposedException">The snapshot is disposed.</exception>
    public T GetOrCreate<T>(string key, Func<ModelSnapshot, T> create)
        where T : class
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_shared.TryGetValue((typeof(T), key), out object? found)) return (T)found;
            T made = create(this);
            _shared.Add((typeof(T), key), made);
            _sharedInOrder.Add(made);
            return made;
        }
    }

    /// <summary>A matrix of the bundle, mapped into memory once for all who ask; shared under its file name.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="name">Its path in the bundle, with '/', such as "items.npy".</param>
    /// <param name="neededBy">Who needs it, for the message.</param>
    /// <exception cref="InvalidOperationException">The snapshot has no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or holds another element type.</exception>
    public NpyMatrix<T> GetMatrix<T>(string name, string neededBy)
        where T : unmanaged => GetOrCreate(name, snapshot => NpyMatrix<T>.Open(snapshot.GetFile(name, neededBy)));

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed) return;
            _disposed = true;
            for (int i = _sharedInOrder.Count - 1; i >= 0; i--) (_sharedInOrder[i] as IDisposable)?.Dispose();
            _sharedInOrder.Clear();
            _shared.Clear();
        }
    }
}
