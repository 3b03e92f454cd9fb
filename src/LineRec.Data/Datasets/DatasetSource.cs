namespace LineRec.Data;

/// <summary>One Parquet file of a dataset: on disk, or anything that opens as a stream (an object store, an archive, memory).</summary>
/// <remarks>Immutable. <see cref="Open"/> is called by several threads at once, once for each that reads.</remarks>
public sealed class DatasetSource
{
    /// <summary>Names a file and says how to open it.</summary>
    /// <param name="name">Its path within the dataset, with '/'. Folders like date=2026-11-01 are partitions; files are taken in ordinal order of their names.</param>
    /// <param name="open">Opens it anew for reading; the stream must seek, know its length, and be its caller's alone. It is disposed by the reader.</param>
    public DatasetSource(string name, Func<Stream> open)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(open);
        (Name, Key, Open) = (name, name, open);
    }

    private DatasetSource(string path, string key)
    {
        (Name, Key, Path) = (path, key, path);
        Open = () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
    }

    /// <summary>What messages call it.</summary>
    public string Name { get; }

    internal string Key { get; }

    internal string? Path { get; }

    internal Func<Stream> Open { get; }

    /// <summary>A .parquet file, or the .parquet files of a folder at any depth; what starts with '_' or '.' is skipped.</summary>
    /// <param name="path">The file or folder.</param>
    /// <exception cref="FileNotFoundException">There is no such file, or no .parquet file in the folder.</exception>
    public static IReadOnlyList<DatasetSource> At(string path)
    {
        if (File.Exists(path)) return [new DatasetSource(path, System.IO.Path.GetFileName(path))];
        string[] files = Directory.Exists(path) ? ParquetFiles.In(path) : [];
        if (files.Length == 0) throw new FileNotFoundException($"'{path}' is neither a Parquet file nor a folder with .parquet files.", path);
        return [.. files.Select(f => new DatasetSource(f, System.IO.Path.GetRelativePath(path, f).Replace('\\', '/')))];
    }
}
