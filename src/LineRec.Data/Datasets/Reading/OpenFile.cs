using Apache.Arrow;
using Apache.Arrow.Ipc;
using ParquetSharp;
using ParquetSharp.Arrow;

namespace LineRec.Data;

/// <summary>An open file, for one thread at a time: columns of row groups as Arrow arrays, which lie in native memory as they were decoded.</summary>
internal sealed class OpenFile : IDisposable
{
    private readonly FileReader _reader;

    public OpenFile(DatasetFile file)
    {
        using var parquet = ReaderProperties.GetDefaultReaderProperties();
        parquet.EnablePageChecksumVerification();
        using var arrow = ArrowReaderProperties.GetDefault();
        arrow.UseThreads = false;
        arrow.PreBuffer = false; // A column at a time is one read of the file: to do it on another thread would only cost.
        arrow.BatchSize = Math.Max(1, file.MaxRows);
        foreach (int leaf in file.TextLeaves) arrow.SetReadDictionary(leaf, true);
        _reader = ArrowReader.Open(file.Source, parquet, arrow);
    }

    /// <summary>A column of a row group, in as many parts as the library makes of it. Each part is the caller's to dispose of.</summary>
    public IEnumerable<RecordBatch> Read(int rowGroup, int leaf)
    {
        using IArrowArrayStream stream = _reader.GetRecordBatchReader([rowGroup], [leaf]);
        while (Next(stream) is { } part) yield return part;
    }

    public void Dispose() => _reader.Dispose();

    // The stream is native and completes at once.
    private static RecordBatch? Next(IArrowArrayStream stream) => stream.ReadNextRecordBatchAsync().AsTask().GetAwaiter().GetResult();
}
