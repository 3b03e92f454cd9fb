using CsCheck;
using ParquetSharp;

namespace LineRec.Data;

public class EventRoundTripTests
{
    private static readonly Gen<string?> Text = Gen.OneOf(Gen.Const(() => (string?)null), Gen.String[Gen.Char.AlphaNumeric, 1, 12].Select(s => (string?)s), Gen.Const(() => (string?)"键盘 é | \"x\""));
    private static readonly Gen<float> Number = Gen.OneOf(Gen.Const(() => float.NaN), Gen.Float[-1e6f, 1e6f]);

    private static readonly Gen<EventRow> Row =
        from user in Gen.Int[0, 5]
        from item in Gen.Int[0, 9]
        from type in Gen.Int[0, 5]
        from time in Gen.Long[-62_000_000_000_000, 4_000_000_000_000]
        from texts in Gen.Select(Text, Text, Text, Text)
        from numbers in Gen.Select(Number, Number, Number)
        from position in Gen.Int[0, 300]
        select new EventRow($"user {user}", type == 5 && item == 0 ? null : $"i{item}", (EventType)type, time)
        {
            Placement = texts.Item1, RequestId = texts.Item2, Query = texts.Item3, AnchorItemId = texts.Item4,
            Propensity = numbers.Item1, Quantity = numbers.Item2, Price = numbers.Item3, Position = position,
        };

    [Fact]
    public void What_is_written_is_read_back() => Row.List[0, 50].Sample(
        rows =>
        {
            using var folder = new TemporaryFolder();
            SampleEvents.Write(folder["events.parquet"], rows, rowGroupSize: 7);
            var read = new EventReader(folder["events.parquet"]).Read(EventColumns.All).SelectMany(b => Enumerable.Range(0, b.Count).Select(i => b[i])).ToList();
            Assert.Equal(rows, read);
        },
        iter: 50);

    [Fact]
    public void Texts_are_stored_once_a_row_group_with_a_code_a_row()
    {
        using var folder = new TemporaryFolder();
        SampleEvents.Write(folder["events.parquet"], Enumerable.Range(0, 100).Select(i => SampleEvents.Shown($"u{i % 7}", $"i{i % 9}", i, $"r{i / 20}", i) with { Query = "blue", AnchorItemId = "i1" }));
        using var file = new ParquetFileReader(folder["events.parquet"]);
        using var group = file.RowGroup(0);
        for (int column = 0; column < file.FileMetaData.NumColumns; column++)
        {
            bool isText = file.FileMetaData.Schema.Column(column).PhysicalType == PhysicalType.ByteArray;
            Assert.Equal(isText, group.MetaData.GetColumnChunkMetaData(column).Encodings.Any(e => e is Encoding.RleDictionary or Encoding.PlainDictionary));
        }
    }

    [Fact]
    public void Part_files_are_read_in_their_order_and_counted()
    {
        using var folder = new TemporaryFolder();
        var rows = Enumerable.Range(0, 95).Select(i => SampleEvents.Event($"u{i % 7}", $"i{i}", EventType.Click, i)).ToList();
        SampleEvents.Write(folder["events"], rows, EventColumns.None, rowGroupSize: 10, fileSize: 30);
        var reader = new EventReader(folder["events"]);
        Assert.Equal(["part-00000.parquet", "part-00001.parquet", "part-00002.parquet", "part-00003.parquet"], reader.Files.Select(Path.GetFileName));
        Assert.Equal(95, reader.CountRows());
        Assert.Equal(rows.Select(r => r.ItemId), reader.Read(EventColumns.None).SelectMany(b => b.ItemIds));
        Assert.Equal(10, reader.Read(EventColumns.None).Count());
    }

    [Fact]
    public void Only_the_columns_asked_for_are_read()
    {
        using var folder = new TemporaryFolder();
        SampleEvents.Write(folder["events.parquet"], [SampleEvents.Shown("u", "i", 0, "r", 3)]);
        var batch = new EventReader(folder["events.parquet"]).Read(EventColumns.Position).Single();
        Assert.Equal([3], batch.Positions!);
        Assert.Null(batch.RequestIds);
        Assert.Null(batch.Placements);
        Assert.Null(batch.Prices);
    }

    [Fact]
    public void A_column_that_the_file_lacks_is_null()
    {
        using var folder = new TemporaryFolder();
        SampleEvents.Write(folder["events.parquet"], [SampleEvents.Shown("u", "i", 0, "r", 3)], EventColumns.None);
        var batch = new EventReader(folder["events.parquet"]).Read(EventColumns.All).Single();
        Assert.Null(batch.Positions);
        Assert.Null(batch.RequestIds);
        Assert.Equal(0, batch[0].Position);
        Assert.True(float.IsNaN(batch[0].Price));
    }

    [Fact]
    public void Equal_events_give_equal_bytes()
    {
        using var folder = new TemporaryFolder();
        var rows = Enumerable.Range(0, 500).Select(i => SampleEvents.Shown($"u{i % 7}", $"i{i % 40}", i, $"r{i / 20}", (i % 20) + 1)).ToList();
        SampleEvents.Write(folder["a.parquet"], rows, rowGroupSize: 100);
        SampleEvents.Write(folder["b.parquet"], rows, rowGroupSize: 100);
        Assert.Equal(File.ReadAllBytes(folder["a.parquet"]), File.ReadAllBytes(folder["b.parquet"]));
    }

    [Fact]
    public void A_writer_that_is_not_completed_leaves_no_file()
    {
        using var folder = new TemporaryFolder();
        using (var writer = new EventWriter(folder["events.parquet"], rowGroupSize: 2))
        {
            for (int i = 0; i < 5; i++) writer.Write(SampleEvents.Event("u", "i", EventType.Click, i));
        }

        Assert.Empty(Directory.EnumerateFiles(folder.Path));
    }

    [Fact]
    public void A_second_shorter_log_leaves_no_part_of_the_first()
    {
        using var folder = new TemporaryFolder();
        var rows = Enumerable.Range(0, 40).Select(i => SampleEvents.Event("u", "i", EventType.Click, i)).ToList();
        SampleEvents.Write(folder["events"], rows, EventColumns.None, 10, 10);
        SampleEvents.Write(folder["events"], rows.Take(15), EventColumns.None, 10, 10);
        Assert.Equal(15, new EventReader(folder["events"]).CountRows());
    }

    [Fact]
    public void An_empty_log_has_no_batches()
    {
        using var folder = new TemporaryFolder();
        SampleEvents.Write(folder["events.parquet"], []);
        Assert.Empty(new EventReader(folder["events.parquet"]).Read(EventColumns.All));
    }
}
