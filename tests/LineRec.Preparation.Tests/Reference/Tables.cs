using Apache.Arrow;
using Apache.Arrow.Types;
using ParquetSharp.Arrow;

namespace LineRec.Preparation.Tests.Reference;

/// <summary>Writes test logs as Parquet, and reads what engines wrote.</summary>
internal static class Tables
{
    public static void WriteEvents(string path, IReadOnlyCollection<LogRow> rows)
    {
        var times = new TimestampArray.Builder(new TimestampType(TimeUnit.Millisecond, "UTC"));
        foreach (var row in rows)
        {
            if (row.Time is { } time) times.Append(DateTimeOffset.FromUnixTimeMilliseconds(time));
            else times.AppendNull();
        }

        Write(path, rows.Count, ("user_id", Texts(rows.Select(r => r.User))), ("item_id", Texts(rows.Select(r => r.Item))), ("event_type", Texts(rows.Select(r => r.Type))),
            ("placement", Texts(rows.Select(r => r.Placement))), ("timestamp", times.Build()));
    }

    public static void WriteChanges(string path, IReadOnlyCollection<ChangeRow> rows) => Write(
        path, rows.Count, ("entity_id", Texts(rows.Select(r => r.Entity))), ("time_ms", Longs(rows.Select(r => r.Time))), ("level", Doubles(rows.Select(r => r.Level))), ("count", Longs(rows.Select(r => r.Count))));

    public static void WritePool(string path, IReadOnlyCollection<string?> items) => Write(path, items.Count, ("item_id", Texts(items)));

    /// <summary>All rows of a Parquet file, a value a column: long, double, string or null.</summary>
    public static List<object?[]> Read(string path)
    {
        var rows = new List<object?[]>();
        using var reader = new FileReader(path);
        using var batches = reader.GetRecordBatchReader();
        while (batches.ReadNextRecordBatchAsync().AsTask().GetAwaiter().GetResult() is { } batch)
        {
            using (batch)
            {
                for (int row = 0; row < batch.Length; row++) rows.Add([.. batch.Arrays.Select(a => Value(a, row))]);
            }
        }

        return rows;
    }

    private static object? Value(IArrowArray array, int row) => array switch
    {
        Int64Array numbers => numbers.GetValue(row),
        DoubleArray numbers => numbers.GetValue(row),
        StringArray texts => texts.GetString(row),
        _ => throw new InvalidDataException($"A column is of type {array.Data.DataType}; int64, double or text are wanted."),
    };

    private static void Write(string path, int count, params (string Name, IArrowArray Values)[] columns)
    {
        var schema = new Schema([.. columns.Select(c => new Field(c.Name, c.Values.Data.DataType, nullable: true))], null);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var writer = new FileWriter(path, schema);
        using var batch = new RecordBatch(schema, columns.Select(c => c.Values), count);
        if (count > 0) writer.WriteRecordBatch(batch);
        writer.Close();
    }

    private static StringArray Texts(IEnumerable<string?> values) => new StringArray.Builder().AppendRange(values).Build();

    private static Int64Array Longs(IEnumerable<long?> values) => values.Aggregate(new Int64Array.Builder(), (built, v) => v is { } known ? built.Append(known) : built.AppendNull()).Build();

    private static DoubleArray Doubles(IEnumerable<double?> values) => values.Aggregate(new DoubleArray.Builder(), (built, v) => v is { } known ? built.Append(known) : built.AppendNull()).Build();
}
