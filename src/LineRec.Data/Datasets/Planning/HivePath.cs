namespace LineRec.Data;

/// <summary>Reads Hive partitions from a file's path: date=2026-11-01/shop=%2Fa/part-0.parquet.</summary>
internal static class HivePath
{
    private const string NullValue = "__HIVE_DEFAULT_PARTITION__";

    /// <summary>The keys and values of a path's folders, in their order; Hive's own name for null is null.</summary>
    public static IReadOnlyList<KeyValuePair<string, string?>> Values(string key)
    {
        string[] parts = key.Split('/');
        return [.. parts[..^1].Where(p => p.IndexOf('=', StringComparison.Ordinal) > 0).Select(Value)];
    }

    private static KeyValuePair<string, string?> Value(string folder)
    {
        int at = folder.IndexOf('=', StringComparison.Ordinal);
        string value = Uri.UnescapeDataString(folder[(at + 1)..]);
        return new(Uri.UnescapeDataString(folder[..at]), value == NullValue ? null : value);
    }
}
