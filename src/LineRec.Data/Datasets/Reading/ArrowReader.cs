using ParquetSharp;
using ParquetSharp.Arrow;

namespace LineRec.Data;

/// <summary>Opens a source with the Parquet library.</summary>
internal static class ArrowReader
{
    public static FileReader Open(DatasetSource source, ReaderProperties? parquet = null, ArrowReaderProperties? arrow = null)
    {
        if (source.Path is { } path) return File.Exists(path) ? new FileReader(path, parquet, arrow) : throw new FileNotFoundException($"'{path}' isn't there any more.", path);
        var stream = source.Open();
        try
        {
            return new FileReader(stream, parquet, arrow);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }
}
