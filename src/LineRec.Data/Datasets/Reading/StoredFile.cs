namespace LineRec.Data;

/// <summary>Opens a source with the Parquet library.</summary>
internal static class StoredFile
{
    /// <param name="source">The source.</param>
    /// <param name="byPath">Opens a file.</param>
    /// <param name="byStream">Opens a stream, which the reader disposes of.</param>
    public static T Open<T>(DatasetSource source, Func<string, T> byPath, Func<Stream, T> byStream)
    {
        if (source.Path is { } path) return File.Exists(path) ? byPath(path) : throw new FileNotFoundException($"'{path}' isn't there any more.", path);
        var stream = source.Open();
        try
        {
            return byStream(stream);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }
}
