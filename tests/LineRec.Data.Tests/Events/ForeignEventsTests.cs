using ParquetSharp;

namespace LineRec.Data;

/// <summary>Events as Apache Arrow's C++ writer (that of pandas and DuckDB-like tools) stores them.</summary>
public class ForeignEventsTests
{
    private static readonly DateTime First = new(2026, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc);

    private static readonly string[] Types = ["click", "purchase"];

    [Fact]
    public void Integer_ids_are_read_as_their_digits()
    {
        using var folder = new TemporaryFolder();
        Write(folder["events.parquet"], new Column<DateTime>("timestamp"), [First, First], new Column<long>("user_id"), [7L, -8L], new Column<int>("item_id"), [41, 42]);
        var batch = Read(folder);
        Assert.Equal(["7", "-8"], batch.UserIds);
        Assert.Equal(["41", "42"], batch.ItemIds);
        Assert.Equal([EventType.Click, EventType.Purchase], batch.Types);
    }

    [Theory]
    [InlineData(TimeUnit.Millis, true)]
    [InlineData(TimeUnit.Micros, true)]
    [InlineData(TimeUnit.Nanos, true)]
    [InlineData(TimeUnit.Millis, false)]
    [InlineData(TimeUnit.Micros, false)]
    [InlineData(TimeUnit.Nanos, false)]
    public void Timestamps_of_any_unit_are_read_as_utc(TimeUnit unit, bool utc)
    {
        using var folder = new TemporaryFolder();
        using (var logical = LogicalType.Timestamp(utc, unit))
        {
            if (unit == TimeUnit.Nanos) Write(folder["events.parquet"], new Column<DateTimeNanos>("timestamp", logical), [new DateTimeNanos(First), new DateTimeNanos(First)]);
            else Write(folder["events.parquet"], new Column<DateTime>("timestamp", logical), [First, First]);
        }

        Assert.Equal(new DateTimeOffset(First).ToUnixTimeMilliseconds(), Read(folder).Times[0]);
    }

    [Fact]
    public void Dates_and_int64_milliseconds_are_times_as_well()
    {
        using var folder = new TemporaryFolder();
        Write(folder["events.parquet"], new Column<Date>("timestamp"), [new Date(2026, 1, 2), new Date(1969, 12, 31)]);
        Assert.Equal([new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(), -86_400_000L], Read(folder).Times);
        Write(folder["events.parquet"], new Column<long>("timestamp"), [1_767_323_045_678L, 5L]);
        Assert.Equal([1_767_323_045_678L, 5L], Read(folder).Times);
    }

    [Fact]
    public void Extra_columns_of_any_type_are_skipped()
    {
        using var folder = new TemporaryFolder();
        Column[] columns = [new Column<double?[]>("scores"), new Column<string>("event_type"), new Column<bool>("flag"), new Column<string>("item_id"), new Column<DateTime>("timestamp"), new Column<string>("user_id"), new Column<double?>("price")];
        using (var file = new ParquetFileWriter(folder["events.parquet"], columns))
        {
            using var group = file.AppendRowGroup();
            Put<double?[]>(group, [[1.5, null], []]);
            Put(group, Types);
            Put(group, [true, false]);
            Put(group, ["a", "b"]);
            Put(group, [First, First]);
            Put(group, ["u", "v"]);
            Put<double?>(group, [null, 2.5]);
            file.Close();
        }

        var batch = new EventReader(folder["events.parquet"]).Read(EventColumns.Price | EventColumns.Position).Single();
        Assert.Equal(["a", "b"], batch.ItemIds);
        Assert.Equal(["u", "v"], batch.UserIds);
        Assert.Equal([float.NaN, 2.5f], batch.Prices!);
        Assert.Null(batch.Positions);
    }

    [Theory]
    [InlineData(Compression.Uncompressed)]
    [InlineData(Compression.Snappy)]
    [InlineData(Compression.Gzip)]
    [InlineData(Compression.Zstd)]
    public void Compressions_of_other_writers_are_read(Compression compression)
    {
        using var folder = new TemporaryFolder();
        Column[] columns = [new Column<string>("user_id"), new Column<string>("item_id"), new Column<string>("event_type"), new Column<DateTime>("timestamp")];
        using (var properties = new WriterPropertiesBuilder().Compression(compression).Build())
        using (var file = new ParquetFileWriter(folder["events.parquet"], columns, null, properties))
        {
            for (int i = 0; i < 3; i++)
            {
                using var group = file.AppendRowGroup();
                Put(group, Enumerable.Range(0, 1000).Select(u => $"u{u}").ToArray());
                Put(group, Enumerable.Range(0, 1000).Select(u => $"i{u % 9}").ToArray());
                Put(group, Enumerable.Repeat("click", 1000).ToArray());
                Put(group, Enumerable.Repeat(First, 1000).ToArray());
            }

            file.Close();
        }

        var batches = new EventReader(folder["events.parquet"]).Read(EventColumns.None).ToList();
        Assert.Equal(3, batches.Count);
        Assert.All(batches, b => Assert.Equal("u999", b.UserIds[999]));
        Assert.All(batches, b => Assert.Equal("i8", b.ItemIds[998 - (998 % 9) - 1]));
    }

    private static EventBatch Read(TemporaryFolder folder) => new EventReader(folder["events.parquet"]).Read(EventColumns.None).Single();

    private static void Write<TTime>(string path, Column<TTime> timeColumn, TTime[] times) =>
        Write(path, timeColumn, times, new Column<string>("user_id"), ["u", "v"], new Column<string>("item_id"), ["a", "b"]);

    private static void Write<TTime, TUser, TItem>(string path, Column<TTime> timeColumn, TTime[] times, Column<TUser> userColumn, TUser[] users, Column<TItem> itemColumn, TItem[] items)
    {
        using var file = new ParquetFileWriter(path, [timeColumn, new Column<string>("event_type"), itemColumn, userColumn]);
        using (var group = file.AppendRowGroup())
        {
            Put(group, times);
            Put(group, Types);
            Put(group, items);
            Put(group, users);
        }

        file.Close();
    }

    private static void Put<T>(RowGroupWriter group, T[] values)
    {
        using var writer = group.NextColumn().LogicalWriter<T>();
        writer.WriteBatch(values);
    }
}
