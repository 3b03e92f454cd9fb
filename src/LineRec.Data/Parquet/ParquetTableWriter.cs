using Parquet;
using Parquet.Schema;

namespace LineRec.Data;

/// <summary>
/// Writes one Parquet file row group by row group, under another name until it is complete: a reader never sees half a file.
/// </summary>
internal sealed class ParquetTableWriter : IDisposable
{
    private readonly string _path;
    private readonly SynchronousFileStream _stream;
    private readonly ParquetSchema _schema;
    private readonly ParquetWriter _writer;
    private bool _ended;

    public ParquetTableWriter(string path, params Field[] fields)
    {
        _path = path;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        _stream = new SynchronousFileStream(PartialPath, FileMode.Create, FileAccess.ReadWrite);
        _schema = new ParquetSchema(fields);
        var options = new ParquetOptions { CompressionMethod = CompressionMethod.Snappy };
        foreach (var text in fields.OfType<DataField>().Where(f => f.ClrType == typeof(ReadOnlyMemory<char>))) options.ColumnEncodingHints[text.Path.ToString()] = EncodingHint.Dictionary; // else a reader decodes each row's text anew
        _writer = ParquetWriter.CreateAsync(_schema, _stream, options).GetAwaiter().GetResult();
    }

    private string PartialPath => _path + ".partial";

    public static DataField Text(string name, bool nullable = true) => new(name, typeof(string), nullable);

    public static DataField Number(string name) => new(name, typeof(float), isNullable: true);

    public static DataField Integer(string name) => new(name, typeof(int), isNullable: true);

    public static DataField Time(string name, bool nullable = true) =>
        new DateTimeDataField(name, DateTimeFormat.Timestamp, isAdjustedToUTC: true, DateTimeTimeUnit.Millis, isNullable: nullable);

    public RowGroup BeginRowGroup() => new(_writer.CreateRowGroup(), _schema);

    /// <summary>Writes the footer and gives the file its name.</summary>
    public void Complete()
    {
        _ended = true;
        _writer.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _stream.Flush(flushToDisk: true);
        _stream.Dispose();
        File.Move(PartialPath, _path, overwrite: true);
    }

    public void Dispose()
    {
        if (_ended) return;
        _ended = true;
        _stream.Dispose();
        File.Delete(PartialPath);
    }

    /// <summary>Columns of one row group, to be written in the schema's order. A column that may be null takes its missing value for null.</summary>
    internal readonly struct RowGroup(ParquetRowGroupWriter writer, ParquetSchema schema) : IDisposable
    {
        public void Write(string column, ReadOnlySpan<string?> values)
        {
            var field = schema.FindDataField(column);
            if (field.IsNullable)
            {
                var texts = new ReadOnlyMemory<char>?[values.Length];
                for (int i = 0; i < texts.Length; i++) texts[i] = values[i]?.AsMemory();
                writer.WriteAsync<ReadOnlyMemory<char>>(field, texts).GetAwaiter().GetResult();
                return;
            }

            var required = new ReadOnlyMemory<char>[values.Length];
            for (int i = 0; i < required.Length; i++) required[i] = values[i].AsMemory();
            writer.WriteAsync<ReadOnlyMemory<char>>(field, required).GetAwaiter().GetResult();
        }

        public void Write(string column, ReadOnlySpan<float> values)
        {
            var numbers = new float?[values.Length];
            for (int i = 0; i < numbers.Length; i++) numbers[i] = float.IsNaN(values[i]) ? null : values[i];
            writer.WriteAsync<float>(schema.FindDataField(column), numbers).GetAwaiter().GetResult();
        }

        public void Write(string column, ReadOnlySpan<int> values, int missing)
        {
            var numbers = new int?[values.Length];
            for (int i = 0; i < numbers.Length; i++) numbers[i] = values[i] == missing ? null : values[i];
            writer.WriteAsync<int>(schema.FindDataField(column), numbers).GetAwaiter().GetResult();
        }

        public void Write(string column, ReadOnlySpan<long> unixMilliseconds)
        {
            var field = schema.FindDataField(column);
            if (field.IsNullable)
            {
                var times = new DateTime?[unixMilliseconds.Length];
                for (int i = 0; i < times.Length; i++) times[i] = unixMilliseconds[i] == TimeColumn.Missing ? null : At(unixMilliseconds[i]);
                writer.WriteAsync<DateTime>(field, times).GetAwaiter().GetResult();
                return;
            }

            var required = new DateTime[unixMilliseconds.Length];
            for (int i = 0; i < required.Length; i++) required[i] = At(unixMilliseconds[i]);
            writer.WriteAsync<DateTime>(field, required).GetAwaiter().GetResult();
        }

        public void Dispose() => writer.Dispose();

        private static DateTime At(long unixMilliseconds) => DateTime.UnixEpoch.AddTicks(unixMilliseconds * TimeSpan.TicksPerMillisecond);
    }
}
