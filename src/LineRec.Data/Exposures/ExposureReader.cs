using System.Diagnostics.CodeAnalysis;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using ParquetSharp;
using ParquetSharp.Arrow;

namespace LineRec.Data;

/// <summary>Reads a compacted exposure log (<see cref="ExposureCompaction"/>), a row group at a time.</summary>
/// <remarks>Thread-safe: every call of <see cref="Read"/> opens the files anew. Memory: one row group and the distinct item ids.</remarks>
public sealed class ExposureReader
{
    private static readonly string[] FeatureColumns = [ExposureColumns.UserFeatures, ExposureColumns.CrossFeatures];

    private readonly string[] _files;

    /// <summary>Names what is read; nothing is opened yet.</summary>
    /// <param name="folder">The compacted log: date=2026-01-31/*.parquet.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public ExposureReader(string folder)
    {
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"There is no folder '{folder}'. Compact the segments that the host wrote into it: linerec exposures compact.");
        _files = ParquetFiles.In(folder);
    }

    /// <summary>The files, in the order in which they are read: by date.</summary>
    public IReadOnlyList<string> Files => _files;

    /// <summary>Reads exposures in the order of the files.</summary>
    /// <param name="from">Inclusive start; default: all.</param>
    /// <param name="to">Exclusive end; default: all.</param>
    /// <param name="placement">Only this placement; default: all.</param>
    /// <param name="features">Whether features are read; without them it takes a part of the time.</param>
    /// <exception cref="InvalidDataException">A file is damaged or no exposure log; the message names it.</exception>
    public IEnumerable<Exposure> Read(DateTimeOffset? from = null, DateTimeOffset? to = null, string? placement = null, bool features = true)
    {
        var window = new TimeWindow(from, to);
        var texts = new ExposureTexts();
        foreach (string file in _files)
        {
            if (ExposureLogLayout.DayOf(file) is { } day && ((to is not null && day.From >= to) || (from is not null && day.To <= from))) continue;
            foreach (var exposure in ReadFile(file, texts, features))
            {
                if (window.Contains(exposure.UnixMilliseconds) && (placement is null || exposure.Placement == placement)) yield return exposure;
            }
        }
    }

    /// <summary>Adds the ids of a file's requests.</summary>
    /// <exception cref="InvalidDataException">The file is damaged or no exposure log.</exception>
    internal static void AddIds(string file, HashSet<Guid> ids)
    {
        using var open = new ExposureFile(file, static name => name == ExposureColumns.RequestId);
        while (open.Next() is { } batch)
        {
            using (batch)
            {
                if (batch.ColumnCount != 1 || batch.Column(0) is not StringArray texts) throw open.Damaged("its request ids aren't text.", null);
                for (int row = 0; row < texts.Length; row++) ids.Add(Guid.TryParse(texts.GetBytes(row), out var id) ? id : throw open.Damaged($"it holds a request id that is none at row {row} of a row group.", null));
            }
        }
    }

    private static IEnumerable<Exposure> ReadFile(string file, ExposureTexts texts, bool features)
    {
        using var open = new ExposureFile(file, name => features || !FeatureColumns.Contains(name));
        while (open.Next() is { } batch)
        {
            using (batch)
            {
                var checkedBatch = open.Check(batch, features);
                for (int row = 0; row < checkedBatch.Count; row++) yield return checkedBatch.Read(row, texts);
            }
        }
    }

    /// <summary>One file, batch after batch.</summary>
    private sealed class ExposureFile : IDisposable
    {
        private readonly string _path;
        private readonly FileReader _reader;
        private readonly IArrowArrayStream _batches;

        [SuppressMessage("Design", "CA1031", Justification = "A broken file makes the library throw whatever it stumbles over.")]
        public ExposureFile(string path, Func<string, bool> isWanted)
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
}
