namespace LineRec.Data;

/// <summary>What is known of the programs that write Parquet.</summary>
internal static class ParquetWriters
{
    /// <summary>Whether what a footer says of a column's least and greatest times must not be believed.</summary>
    /// <param name="writer">Who wrote the file, by its footer.</param>
    /// <param name="isFiner">Whether times are stored in micro- or nanoseconds: Parquet.Net, as of version 6.1.0, tells of those in milliseconds.</param>
    public static bool MisstateRanges(string writer, bool isFiner) => isFiner && writer.StartsWith("Parquet.Net", StringComparison.Ordinal);
}
