namespace LineRec.Data;

/// <summary>Which files of a folder are a table's.</summary>
internal static class ParquetFiles
{
    /// <summary>The .parquet files of a folder at any depth, in ordinal order of their path; what starts with '_' or '.' is skipped, as Spark's own notes are.</summary>
    public static string[] In(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*.parquet", SearchOption.AllDirectories)
            .Where(f => !Path.GetRelativePath(folder, f).Split('/', '\\').Any(part => part[0] is '_' or '.'))
            .Order(StringComparer.Ordinal),
    ];
}
