using ParquetSharp;

namespace LineRec.Data;

/// <summary>An open file, for one thread at a time.</summary>
internal sealed class OpenFile : IDisposable
{
    private readonly ParquetFileReader _reader;

    public OpenFile(DatasetSource source)
    {
        using var properties = ReaderProperties.GetDefaultReaderProperties();
        properties.EnablePageChecksumVerification();
        _reader = StoredFile.Open(source, path => new ParquetFileReader(path, properties), stream => new ParquetFileReader(stream, properties));
    }

    /// <summary>Reads a column of a row group.</summary>
    /// <param name="rowGroup">The row group.</param>
    /// <param name="leaf">The column.</param>
    /// <param name="entries">How many entries it has, by the footer.</param>
    /// <param name="scratch">Room for a batch of them.</param>
    /// <param name="take">Takes them.</param>
    public void Read(int rowGroup, Leaf leaf, long entries, ChunkScratch scratch, Action<ColumnChunk> take)
    {
        using var group = _reader.RowGroup(rowGroup);
        using var column = group.Column(leaf.Index);
        take(new ColumnChunk(column, leaf, entries, scratch));
    }

    public void Dispose() => _reader.Dispose();
}
