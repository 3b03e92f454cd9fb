using LineRec.Data;

namespace LineRec.Preparation;

/// <summary>Where rows come from: a table of the engine, or Parquet files.</summary>
/// <remarks>Immutable and thread-safe. Nothing is opened before a query is rendered.</remarks>
public sealed class SqlSource
{
    private SqlSource(string? table, IReadOnlyList<string> paths) => (TableName, Paths) = (table, paths);

    /// <summary>The table's name; null for files.</summary>
    public string? TableName { get; }

    /// <summary>The files and folders; none for a table.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <summary>A table or view of the engine.</summary>
    /// <param name="name">Its name as it is stored (PostgreSQL stores unquoted names in lower case), after schema and catalog where they are needed: "shop.events". Parts are quoted, so they may hold anything but a full stop.</param>
    /// <exception cref="ArgumentException">A part of the name is empty.</exception>
    public static SqlSource Table(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name.Split('.').Any(string.IsNullOrWhiteSpace)) throw new ArgumentException($"'{name}' has an empty part. Name the table as table, schema.table or catalog.schema.table.", nameof(name));
        return new SqlSource(name, []);
    }

    /// <summary>Parquet files. Columns go by their names, a file may lack some; folders like date=2026-11-01 are columns too.</summary>
    /// <param name="paths">.parquet files, and folders whose .parquet files at any depth are read; names that start with '_' or '.' are skipped. A day's folder each reads these days only.</param>
    /// <exception cref="ArgumentException">There is no path, or an empty one.</exception>
    public static SqlSource Parquet(params IReadOnlyList<string> paths)
    {
        if (paths.Count == 0) throw new ArgumentException("No path is named. Name a .parquet file or a folder of them.", nameof(paths));
        foreach (string path in paths) ArgumentException.ThrowIfNullOrEmpty(path, nameof(paths));
        return new SqlSource(null, [.. paths]);
    }

    /// <summary>The files, as <see cref="EventReader"/> finds them.</summary>
    /// <exception cref="FileNotFoundException">There is no such file, or no .parquet file in a folder.</exception>
    internal IEnumerable<string> Files() => Paths.SelectMany(p => new EventReader(p).Files).Select(Path.GetFullPath);
}
