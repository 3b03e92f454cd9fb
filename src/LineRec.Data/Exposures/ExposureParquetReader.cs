using System.Diagnostics.CodeAnalysis;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using ParquetSharp;
using ParquetSharp.Arrow;

namespace LineRec.Data;

/// <summary>Reads one Parquet file of the compacted log, batch after batch; what is wrong with it is said with its name.</summary>
internal sealed class ExposureParquetReader : IDisposable
{
    private readonly string _path;
    private readonly FileReader _reader;
    private readonly IArrowArrayStream _batches;

    [SuppressMessage("Design", "CA1031", Justification = "A broken file makes the library throw whatever it stumbles over.")]
    public ExposureParquetReader(string path, Func<string, bool> isWanted)
    {
        _path = path;
        try
        {
            using var parquet = ReaderProperties.GetDefaultReaderProperties();
            parquet.EnablePageChecksumVerification();
            using var arrow = ArrowReaderProperties.GetDefault();
            arrow.UseThreads = false;
            _reader = new FileReader(path, parquet, arrow);
            using var file = _reader.ParquetReader;
            var stored = file.FileMetaData.Schema;
            int[] leaves = [.. Enumerable.Range(0, stored.NumColumns).Where(i => isWanted(stored.Column(i).Path.ToDotVector()[0]))];
            _batches = _reader.GetRecordBatchReader([.. Enumerable.Range(0, file.FileMetaData.NumRowGroups)], leaves);
        }
        catch (Exception e)
        {
            _reader?.Dispose();
            throw Damaged($"it can't be read: {OneLine.Of(e)}", e);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Damaged bytes make the library throw whatever it stumbles over.")]
    public RecordBatch? Next()
    {
        try
        {
            return _batches.ReadNextRecordBatchAsync().AsTask().GetAwaiter().GetResult(); // the stream is native and completes at once
        }
        catch (Exception e)
        {
            throw Damaged($"it can't be decoded: {OneLine.Of(e)}", e);
        }
    }

    public ExposureBatch Check(RecordBatch batch, bool features)
    {
        try
        {
            return new ExposureBatch(batch, features);
        }
        catch (InvalidDataException e)
        {
            throw Damaged(e.Message, e);
        }
    }

    public InvalidDataException Damaged(string what, Exception? cause) => new($"'{_path}' isn't a whole exposure log: {what} Remove it, and compact its segments anew if they are still there.", cause);

    public void Dispose()
    {
        _batches.Dispose();
        _reader.Dispose();
    }
}
