using Parquet.Schema;

namespace LineRec.Data;

/// <summary>
/// Writes the events table, row group by row group: one file, or a folder of part files. A file appears under its name when it
/// is complete.
/// </summary>
/// <remarks>Not thread-safe. Memory: one row group. The same events give the same bytes.</remarks>
public sealed class EventWriter : IDisposable
{
    /// <summary>The default size of a row group.</summary>
    public const int DefaultRowGroupSize = 100_000;

    /// <summary>The default size of a part file.</summary>
    public const int DefaultFileSize = 2_000_000;

    private readonly string _path;
    private readonly EventColumns _columns;
    private readonly int _fileSize;
    private readonly EventRow[] _rows;
    private readonly bool _isFolder;
    private readonly HashSet<string> _written = [];
    private ParquetTableWriter? _file;
    private int _count;
    private int _inFile;
    private int _fileCount;
    private bool _completed;

    /// <summary>Starts a table.</summary>
    /// <param name="path">A file that ends in .parquet, or a folder for files part-00000.parquet and on. What a folder holds of that pattern is replaced.</param>
    /// <param name="columns">Which optional columns are written.</param>
    /// <param name="rowGroupSize">Events a row group, 1 or more.</param>
    /// <param name="fileSize">Events a part file, 1 or more; rounded up to whole row groups.</param>
    public EventWriter(string path, EventColumns columns = EventColumns.None, int rowGroupSize = DefaultRowGroupSize, int fileSize = DefaultFileSize)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rowGroupSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(fileSize);
        (_path, _columns, _fileSize, _rows) = (path, columns, fileSize, new EventRow[rowGroupSize]);
        _isFolder = !path.EndsWith(".parquet", StringComparison.Ordinal);
    }

    /// <summary>How many events were written so far.</summary>
    public long Count { get; private set; }

    /// <summary>Writes one event.</summary>
    /// <param name="row">The event.</param>
    /// <exception cref="ArgumentException">It has no user, or no item and isn't a search, or its type isn't defined.</exception>
    public void Write(in EventRow row)
    {
        ObjectDisposedException.ThrowIf(_completed, this);
        _ = EventTypeNames.Of(row.Type);
        if (string.IsNullOrEmpty(row.UserId)) throw new ArgumentException("An event needs a user id.", nameof(row));
        if (string.IsNullOrEmpty(row.ItemId) && row.Type != EventType.Search)
            throw new ArgumentException($"An event of type '{EventTypeNames.Of(row.Type)}' needs an item id; only a search may lack one.", nameof(row));
        _rows[_count++] = row;
        Count++;
        if (_count == _rows.Length) Flush();
    }

    /// <summary>Writes a batch of events.</summary>
    /// <param name="batch">The events.</param>
    public void Write(EventBatch batch)
    {
        for (int i = 0; i < batch.Count; i++) Write(batch[i]);
    }

    /// <summary>Writes what is left and completes the last file. Without it, an incomplete file is dropped.</summary>
    public void Complete()
    {
        ObjectDisposedException.ThrowIf(_completed, this);
        if (_count > 0 || _fileCount == 0) Flush();
        CompleteFile();
        _completed = true;
        if (!_isFolder) return;
        foreach (string stale in Directory.EnumerateFiles(_path, "part-*.parquet").Where(f => !_written.Contains(Path.GetFileName(f)))) File.Delete(stale);
    }

    /// <summary>Drops the file that isn't complete.</summary>
    public void Dispose()
    {
        _completed = true;
        _file?.Dispose();
        _file = null;
    }

    private void Flush()
    {
        _file ??= BeginFile();
        if (_count > 0) WriteRowGroup(_file, _rows.AsSpan(0, _count));
        _inFile += _count;
        _count = 0;
        if (_isFolder && _inFile >= _fileSize) CompleteFile();
    }

    private ParquetTableWriter BeginFile()
    {
        string name = $"part-{_fileCount:D5}.parquet";
        _fileCount++;
        _inFile = 0;
        _written.Add(name);
        return new ParquetTableWriter(_isFolder ? Path.Combine(_path, name) : _path, Fields());
    }

    private void CompleteFile()
    {
        _file?.Complete();
        _file = null;
    }

    private Field[] Fields()
    {
        List<Field> fields =
        [
            ParquetTableWriter.Text(EventFields.UserId, nullable: false),
            ParquetTableWriter.Text(EventFields.ItemId),
            ParquetTableWriter.Text(EventFields.EventType, nullable: false),
            ParquetTableWriter.Time(EventFields.Timestamp, nullable: false),
        ];
        if (Has(EventColumns.Placement)) fields.Add(ParquetTableWriter.Text(EventFields.Placement));
        if (Has(EventColumns.Position)) fields.Add(ParquetTableWriter.Integer(EventFields.Position));
        if (Has(EventColumns.RequestId)) fields.Add(ParquetTableWriter.Text(EventFields.RequestId));
        if (Has(EventColumns.Propensity)) fields.Add(ParquetTableWriter.Number(EventFields.Propensity));
        if (Has(EventColumns.Query)) fields.Add(ParquetTableWriter.Text(EventFields.Query));
        if (Has(EventColumns.Quantity)) fields.Add(ParquetTableWriter.Number(EventFields.Quantity));
        if (Has(EventColumns.Price)) fields.Add(ParquetTableWriter.Number(EventFields.Price));
        if (Has(EventColumns.AnchorItemId)) fields.Add(ParquetTableWriter.Text(EventFields.AnchorItemId));
        return [.. fields];
    }

    private void WriteRowGroup(ParquetTableWriter file, ReadOnlySpan<EventRow> rows)
    {
        using var group = file.BeginRowGroup();
        group.Write(EventFields.UserId, Column(rows, static (in r) => (string?)r.UserId));
        group.Write(EventFields.ItemId, Column(rows, static (in r) => string.IsNullOrEmpty(r.ItemId) ? null : r.ItemId));
        group.Write(EventFields.EventType, Column(rows, static (in r) => (string?)EventTypeNames.Of(r.Type)));
        group.Write(EventFields.Timestamp, Column(rows, static (in r) => r.UnixMilliseconds));
        if (Has(EventColumns.Placement)) group.Write(EventFields.Placement, Column(rows, static (in r) => r.Placement));
        if (Has(EventColumns.Position)) group.Write(EventFields.Position, Column(rows, static (in r) => r.Position), missing: 0);
        if (Has(EventColumns.RequestId)) group.Write(EventFields.RequestId, Column(rows, static (in r) => r.RequestId));
        if (Has(EventColumns.Propensity)) group.Write(EventFields.Propensity, Column(rows, static (in r) => r.Propensity));
        if (Has(EventColumns.Query)) group.Write(EventFields.Query, Column(rows, static (in r) => r.Query));
        if (Has(EventColumns.Quantity)) group.Write(EventFields.Quantity, Column(rows, static (in r) => r.Quantity));
        if (Has(EventColumns.Price)) group.Write(EventFields.Price, Column(rows, static (in r) => r.Price));
        if (Has(EventColumns.AnchorItemId)) group.Write(EventFields.AnchorItemId, Column(rows, static (in r) => r.AnchorItemId));
    }

    private bool Has(EventColumns column) => (_columns & column) != 0;

    private static T[] Column<T>(ReadOnlySpan<EventRow> rows, Getter<T> get)
    {
        var values = new T[rows.Length];
        for (int i = 0; i < values.Length; i++) values[i] = get(in rows[i]);
        return values;
    }

    private delegate T Getter<T>(in EventRow row);
}
