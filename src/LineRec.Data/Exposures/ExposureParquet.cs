using Apache.Arrow;
using ParquetSharp;
using ParquetSharp.Arrow;

namespace LineRec.Data;

/// <summary>Writes one Parquet file of the compacted log, under another name until it is complete and on the disk.</summary>
internal sealed class ExposureParquet : IDisposable
{
    private const int RowGroupRequests = 20_000;

    private readonly string _path;
    private readonly FileWriter _writer;
    private bool _isComplete;

    public ExposureParquet(string path, Schema schema)
    {
        _path = path;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var builder = new WriterPropertiesBuilder();
        using var properties = builder.Compression(Compression.Zstd).MaxRowGroupLength(RowGroupRequests).EnablePageChecksum().Build();
        _writer = new FileWriter(PartialPath, schema, properties);
    }

    public const string PartialExtension = ".partial";

    private string PartialPath => _path + PartialExtension;

    public void Write(RecordBatch batch) => _writer.WriteBufferedRecordBatch(batch);

    /// <summary>Writes the footer and gives the file its name, for good.</summary>
    public void Complete()
    {
        _writer.Close();
        _isComplete = true;
        _writer.Dispose();
        DurableFile.Flush(PartialPath);
        File.Move(PartialPath, _path);
        string folder = Path.GetDirectoryName(_path)!;
        DurableFile.FlushDirectory(folder);
        DurableFile.FlushDirectory(Path.GetDirectoryName(folder)!);
    }

    public void Dispose()
    {
        if (_isComplete) return;
        _writer.Dispose();
        File.Delete(PartialPath);
    }
}
