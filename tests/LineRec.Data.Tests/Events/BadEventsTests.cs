using Parquet;
using Parquet.Schema;

namespace LineRec.Data;

public class BadEventsTests
{
    private static readonly string?[] Users = ["u0", "u1", "u2"];
    private static readonly string?[] Items = ["a", "b", "c"];
    private static readonly string?[] Types = ["click", "click", "purchase"];
    private static readonly DateTime[] Times = [DateTime.UnixEpoch, DateTime.UnixEpoch, DateTime.UnixEpoch];

    [Fact]
    public void Good_events_are_read() => Assert.Equal(3, Read(Text("user_id", Users), Text("item_id", Items), Text("event_type", Types), Time()).Single().Count);

    [Theory]
    [InlineData("user_id")]
    [InlineData("item_id")]
    [InlineData("event_type")]
    [InlineData("timestamp")]
    public void A_missing_column_is_named_with_those_that_are_there(string missing)
    {
        var columns = new[] { Text("user_id", Users), Text("item_id", Items), Text("event_type", Types), Time() }.Where(c => c.Field.Name != missing).ToArray();
        string message = Message(columns);
        Assert.Contains($"has no column '{missing}'", message);
        Assert.Contains("events.parquet", message);
        Assert.Contains(columns[0].Field.Name, message);
    }

    [Fact]
    public void A_column_of_a_wrong_type_is_named_with_what_is_needed_and_found()
    {
        string message = Message(Numbers("user_id"), Text("item_id", Items), Text("event_type", Types), Time());
        Assert.Contains("events.parquet', row group 0, column 'user_id': needs text or integers, found double", message);
        message = Message(Text("user_id", Users), Text("item_id", Items), Text("event_type", Types), Text("timestamp", ["2026-01-01", "2026-01-01", "2026-01-01"]));
        Assert.Contains("column 'timestamp': needs a timestamp, a date or int64 milliseconds since 1970-01-01 UTC, found text", message);
        message = Message(Text("user_id", Users), Text("item_id", Items), Text("event_type", Types), Time(), Text("price", ["1", "2", "3"]));
        Assert.Contains("column 'price': needs numbers, found text", message);
    }

    [Fact]
    public void A_null_user_is_named_with_its_row() =>
        Assert.Contains("column 'user_id': row 1 has no user", Message(Text("user_id", ["u0", null, "u2"]), Text("item_id", Items), Text("event_type", Types), Time()));

    [Fact]
    public void A_null_item_is_named_with_its_row_unless_it_is_a_search()
    {
        Assert.Contains("column 'item_id': row 2, of type 'purchase', has no item", Message(Text("user_id", Users), Text("item_id", ["a", "b", null]), Text("event_type", Types), Time()));
        Assert.Null(Read(Text("user_id", Users), Text("item_id", ["a", null, "c"]), Text("event_type", ["click", "search", "click"]), Time()).Single().ItemIds[1]);
    }

    [Fact]
    public void An_unknown_event_type_is_named_with_those_that_there_are()
    {
        string message = Message(Text("user_id", Users), Text("item_id", Items), Text("event_type", ["click", "view", "click"]), Time());
        Assert.Contains("column 'event_type': row 1 holds 'view'; there are impression, click, cart, purchase, favourite, search", message);
        Assert.Contains("row 2 holds null", Message(Text("user_id", Users), Text("item_id", Items), Text("event_type", ["click", "click", null]), Time()));
    }

    [Fact]
    public void A_position_under_one_is_named() =>
        Assert.Contains("column 'position': row 0 holds 0; a position is a whole number from 1", Message(Text("user_id", Users), Text("item_id", Items), Text("event_type", Types), Time(), new Column(new DataField<int>("position"), (g, f) => g.WriteAsync<int>(f, new[] { 0, 1, 2 }))));

    [Fact]
    public void A_NaN_price_is_a_missing_price()
    {
        var batch = Read(Text("user_id", Users), Text("item_id", Items), Text("event_type", Types), Time(), new Column(new DataField<double>("price"), (g, f) => g.WriteAsync<double>(f, new[] { double.NaN, 1, 2 }))).Single();
        Assert.Equal([float.NaN, 1, 2], batch.Prices!);
    }

    [Fact]
    public void A_file_that_is_no_parquet_file_is_named()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["events.parquet"], "user_id,item_id\n1,2\n");
        var error = Assert.Throws<InvalidDataException>(() => new EventReader(folder["events.parquet"]).Read(EventColumns.All).ToList());
        Assert.Contains("events.parquet' (20 bytes) isn't a whole Parquet file", error.Message);
        File.WriteAllText(folder["events.parquet"], "");
        Assert.Throws<InvalidDataException>(() => new EventReader(folder["events.parquet"]).CountRows());
    }

    [Fact]
    public void A_truncated_file_is_named_wherever_it_was_cut()
    {
        using var folder = new TemporaryFolder();
        SampleEvents.Write(folder["whole.parquet"], Enumerable.Range(0, 300).Select(i => SampleEvents.Event($"u{i}", $"i{i}", EventType.Click, i)), rowGroupSize: 100);
        byte[] whole = File.ReadAllBytes(folder["whole.parquet"]);
        for (int length = 0; length < whole.Length; length += 97)
        {
            File.WriteAllBytes(folder["events.parquet"], whole[..length]);
            var error = Assert.Throws<InvalidDataException>(() => new EventReader(folder["events.parquet"]).Read(EventColumns.All).ToList());
            Assert.Contains("events.parquet", error.Message);
        }
    }

    [Fact]
    public void Damaged_pages_are_an_InvalidDataException_with_file_row_group_and_column_or_pass_unnoticed()
    {
        // Parquet pages carry no checksum here: damage shows only where it breaks the decoding.
        using var folder = new TemporaryFolder();
        SampleEvents.Write(folder["whole.parquet"], Enumerable.Range(0, 300).Select(i => SampleEvents.Event($"u{i}", $"i{i}", EventType.Click, i)), rowGroupSize: 100);
        byte[] whole = File.ReadAllBytes(folder["whole.parquet"]);
        int noticed = 0;
        for (int at = 4; at < whole.Length / 2; at += 13)
        {
            byte[] damaged = [.. whole];
            damaged.AsSpan(at, 8).Fill(0xFF);
            File.WriteAllBytes(folder["events.parquet"], damaged);
            try
            {
                _ = new EventReader(folder["events.parquet"]).Read(EventColumns.All).ToList();
            }
            catch (InvalidDataException e)
            {
                Assert.Contains("row group", e.Message);
                Assert.Contains("column", e.Message);
                noticed++;
            }
        }

        Assert.True(noticed > 10, $"Only {noticed} damages were noticed.");
    }

    [Fact]
    public void A_path_without_events_is_named()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains(folder.Path, Assert.Throws<FileNotFoundException>(() => new EventReader(folder.Path)).Message);
        Assert.Contains("nowhere", Assert.Throws<FileNotFoundException>(() => new EventReader(folder["nowhere"])).Message);
    }

    [Fact]
    public void A_writer_refuses_events_without_user_or_item()
    {
        using var folder = new TemporaryFolder();
        using var writer = new EventWriter(folder["events.parquet"]);
        Assert.Throws<ArgumentException>(() => writer.Write(new EventRow("", "i", EventType.Click, 0)));
        Assert.Throws<ArgumentException>(() => writer.Write(new EventRow("u", null, EventType.Click, 0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.Write(new EventRow("u", "i", (EventType)9, 0)));
    }

    private static List<EventBatch> Read(params Column[] columns)
    {
        using var folder = new TemporaryFolder();
        string path = folder["events.parquet"];
        using (var stream = File.Create(path))
        {
            var writer = ParquetWriter.CreateAsync(new ParquetSchema(columns.Select(c => (Field)c.Field)), stream).GetAwaiter().GetResult();
            using (var group = writer.CreateRowGroup())
            {
                foreach (var column in columns) column.Write(group, column.Field).GetAwaiter().GetResult();
            }

            writer.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }

        return [.. new EventReader(path).Read(EventColumns.All)];
    }

    private static string Message(params Column[] columns) => Assert.Throws<InvalidDataException>(() => Read(columns)).Message;

    private static Column Text(string name, string?[] values) => new(new DataField(name, typeof(string), isNullable: true), (g, f) => g.WriteAsync(f, values));

    private static Column Time() => new(new DataField<DateTime>("timestamp"), (g, f) => g.WriteAsync<DateTime>(f, Times));

    private static Column Numbers(string name) => new(new DataField<double>(name), (g, f) => g.WriteAsync<double>(f, new[] { 1.0, 2, 3 }));

    private sealed record Column(DataField Field, Func<ParquetRowGroupWriter, DataField, Task> Write);
}
