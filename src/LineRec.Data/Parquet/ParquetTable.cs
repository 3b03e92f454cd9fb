using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Parquet;
using Parquet.Schema;

namespace LineRec.Data;

/// <summary>One Parquet file open for reading: its top-level columns by name, decoded a row group at a time.</summary>
internal sealed class ParquetTable : IDisposable
{
    private readonly SynchronousFileStream _stream;
    private readonly ParquetReader _reader;
    private readonly Dictionary<string, DataField> _fields = new(StringComparer.Ordinal);

    private ParquetTable(string path, SynchronousFileStream stream, ParquetReader reader)
    {
        (Path, _stream, _reader) = (path, stream, reader);

        // Lists, maps and structs aren't columns of these tables: they are ignored like any unknown column.
        foreach (var field in reader.Schema.Fields.OfType<DataField>().Where(f => !f.IsArray)) _fields[field.Name] = field;
    }

    public string Path { get; }

    public int RowGroupCount => _reader.RowGroupCount;

    /// <summary>What the file says of who wrote it.</summary>
    public string Writer => _reader.Metadata?.CreatedBy ?? "";

    public IEnumerable<DataField> Fields => _fields.Values;

    /// <summary>Opens a file and reads its footer.</summary>
    /// <exception cref="InvalidDataException">It isn't a whole Parquet file.</exception>
    /// <exception cref="IOException">It isn't there or can't be opened.</exception>
    [SuppressMessage("Design", "CA1031", Justification = "A broken file makes the library throw whatever it stumbles over.")]
    public static ParquetTable Open(string path)
    {
        var stream = new SynchronousFileStream(path, FileMode.Open, FileAccess.Read);
        try
        {
            return new ParquetTable(path, stream, Await(ParquetReader.CreateAsync(stream, leaveStreamOpen: true)));
        }
        catch (Exception e)
        {
            long length = stream.Length;
            stream.Dispose();
            throw new InvalidDataException($"'{path}' ({length} bytes) isn't a whole Parquet file: {e.Message} Was its writer stopped before the end, or is it of another format? Write it anew.", e);
        }
    }

    public int RowCount(int rowGroup)
    {
        long count = _reader.OpenRowGroupReader(rowGroup).RowCount;
        if (count is < 0 or > int.MaxValue / 2)
            throw new InvalidDataException($"'{Path}', row group {rowGroup}: holds {count} rows; a row group may hold 0 to {int.MaxValue / 2}. Write smaller row groups.");
        return (int)count;
    }

    public long TotalRowCount
    {
        get
        {
            long sum = 0;
            for (int g = 0; g < RowGroupCount; g++) sum += RowCount(g);
            return sum;
        }
    }

    public DataField? Find(string column) => _fields.GetValueOrDefault(column);

    /// <exception cref="InvalidDataException">The file has no such column.</exception>
    public DataField Require(string column, string need) =>
        Find(column) ?? throw new InvalidDataException($"'{Path}' has no column '{column}' ({need}); it has {(_fields.Count == 0 ? "none" : string.Join(", ", _fields.Keys))}. Write that column or rename the one that holds it.");

    /// <summary>Reads a column of a row group as it is stored: the values that aren't null, and whether each row has one.</summary>
    /// <exception cref="InvalidDataException">The column's bytes are damaged.</exception>
    [SuppressMessage("Design", "CA1031", Justification = "Damaged bytes make the library throw whatever it stumbles over.")]
    public StoredColumn<T> Read<T>(int rowGroup, DataField field)
        where T : struct
    {
        int rows = RowCount(rowGroup);
        try
        {
            var values = new T[rows];
            int[]? levels = field.MaxDefinitionLevel > 0 ? new int[rows] : null;
            Await(_reader.OpenRowGroupReader(rowGroup).ReadRawAsync(field, values.AsMemory(), levels is null ? default(Memory<int>?) : levels.AsMemory(), null));
            return new StoredColumn<T>(values, levels, field.MaxDefinitionLevel);
        }
        catch (Exception e)
        {
            throw new InvalidDataException($"'{Path}', row group {rowGroup}, column '{field.Name}': can't be decoded: {e.Message} The file is damaged or cut; write it anew.", e);
        }
    }

    /// <summary>The least and the greatest value of a column of a row group that is stored as int64; null for others, and where the footer doesn't tell.</summary>
    public (long Least, long Greatest)? Range(int rowGroup, DataField field)
    {
        if (_reader.OpenRowGroupReader(rowGroup).GetMetadata(field)?.MetaData is not { Type: Parquet.Meta.Type.INT64, Statistics: { } stored }) return null;
        return (stored.MinValue ?? stored.Min, stored.MaxValue ?? stored.Max) is ({ Length: sizeof(long) } least, { Length: sizeof(long) } greatest)
            ? (BinaryPrimitives.ReadInt64LittleEndian(least), BinaryPrimitives.ReadInt64LittleEndian(greatest))
            : null;
    }

    public InvalidDataException Wrong(int rowGroup, string column, string needAndFound) =>
        new($"'{Path}', row group {rowGroup}, column '{column}': {needAndFound}");

    public void Dispose()
    {
        Await(_reader.DisposeAsync());
        _stream.Dispose();
    }

    // Every call completes synchronously over SynchronousFileStream.
    private static T Await<T>(Task<T> task) => task.GetAwaiter().GetResult();

    private static void Await(ValueTask task) => task.AsTask().GetAwaiter().GetResult();
}
