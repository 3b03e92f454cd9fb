using Apache.Arrow;

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
        using var open = new ExposureParquetReader(file, static name => name == ExposureColumns.RequestId);
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
        using var open = new ExposureParquetReader(file, name => features || !FeatureColumns.Contains(name));
        while (open.Next() is { } batch)
        {
            using (batch)
            {
                var checkedBatch = open.Check(batch, features);
                for (int row = 0; row < checkedBatch.Count; row++) yield return checkedBatch.Read(row, texts);
            }
        }
    }
}
