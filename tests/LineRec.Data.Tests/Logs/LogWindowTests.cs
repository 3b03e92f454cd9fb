using Parquet.Schema;
using ParquetSharp;

namespace LineRec.Data;

/// <summary>What lies outside the window asked for isn't read: its row groups are damaged here, and nothing notices.</summary>
public class LogWindowTests
{
    private const int GroupRows = 6;

    private static readonly DateTimeOffset Day = SampleEvents.Start;

    [Fact]
    public async Task Only_row_groups_that_may_hold_something_of_the_window_are_read()
    {
        using var folder = new TemporaryFolder();
        var log = Write(folder);
        var catalog = log.ReadCatalog();
        var (from, to) = (Day.AddMinutes(10), Day.AddMinutes(20)); // the second of three row groups
        string[] Lists() => [.. log.ReadImpressions(catalog, from, to).Select(l => $"{l.RequestId} {string.Join(',', l.Rows)} {string.Join(',', l.Clicked)}")];
        int Outcomes() => RequestOutcomes.Read(log.Events, from, to).Count;
        int Interactions() => log.ReadInteractions(catalog, [EventType.Impression, EventType.Click], from, to).Count;
        var whole = (Lists(), Outcomes(), Interactions());
        Assert.Equal(["r1 0,1 False,True", "q1 2 False"], whole.Item1);
        Assert.Equal((2, 5), (whole.Item2, whole.Item3));

        await DamageAsync(log, group: 0);
        await DamageAsync(log, group: 2);
        Assert.Equal(whole.Item1, Lists());
        Assert.Equal((whole.Item2, whole.Item3), (Outcomes(), Interactions()));
        Assert.Throws<InvalidDataException>(() => log.ReadImpressions(catalog, from, to.AddMilliseconds(1)).ToList());
        Assert.Throws<InvalidDataException>(() => log.ReadImpressions(catalog, from.AddMilliseconds(-1), to).ToList());
    }

    [Theory]
    [InlineData(TimeUnit.Millis)]
    [InlineData(TimeUnit.Micros)]
    [InlineData(TimeUnit.Nanos)]
    public async Task Times_of_any_unit_are_looked_up_in_the_footer(TimeUnit unit)
    {
        using var logical = LogicalType.Timestamp(true, unit);
        if (unit == TimeUnit.Nanos) await AssertWindowsAsync(new Column<DateTimeNanos>("timestamp", logical), time => new DateTimeNanos(time));
        else await AssertWindowsAsync(new Column<DateTime>("timestamp", logical), time => time);
    }

    [Fact]
    public async Task Int64_milliseconds_are_looked_up_and_dates_read() // a date's statistics aren't looked at
    {
        await AssertWindowsAsync(new Column<long>("timestamp"), time => new DateTimeOffset(time).ToUnixTimeMilliseconds());
        using var folder = new TemporaryFolder();
        var log = Write(folder, new Column<Date>("timestamp"), new Date(2026, 1, 1), new Date(2026, 1, 2));
        Assert.Equal(1, log.ReadInteractions(log.ReadCatalog(), from: Day, to: Day.AddDays(1)).Count);
    }

    [Fact]
    public async Task Without_statistics_everything_is_read()
    {
        using var folder = new TemporaryFolder();
        var log = Write(folder, new Column<DateTime>("timestamp"), Day.UtcDateTime, Day.UtcDateTime.AddMinutes(1), statistics: false);
        Assert.Equal(1, log.ReadInteractions(log.ReadCatalog(), from: Day.AddMinutes(1)).Count);
        await DamageAsync(log, group: 0);
        Assert.Throws<InvalidDataException>(() => log.ReadInteractions(log.ReadCatalog(), from: Day.AddMinutes(1)));
    }

    [Theory]
    [InlineData(DateTimeTimeUnit.Millis)]
    [InlineData(DateTimeTimeUnit.Micros)] // Parquet.Net's statistics of these can't be relied on
    [InlineData(DateTimeTimeUnit.Nanos)]
    public async Task Nothing_of_the_window_is_passed_over_in_a_file_that_parquet_net_wrote(DateTimeTimeUnit unit)
    {
        using var folder = new TemporaryFolder();
        ItemTable.Write(folder["items.parquet"], SampleEvents.Catalog("a"));
        var schema = new ParquetSchema(
            new DateTimeDataField(EventFields.Timestamp, DateTimeFormat.Timestamp, isAdjustedToUTC: true, unit, isNullable: false),
            ParquetTableWriter.Text(EventFields.UserId), ParquetTableWriter.Text(EventFields.ItemId), ParquetTableWriter.Text(EventFields.EventType));
        await using (var stream = File.Create(folder["events.parquet"]))
        {
            await using var writer = await Parquet.ParquetWriter.CreateAsync(schema, stream);
            using var group = writer.CreateRowGroup();
            await group.WriteAsync<DateTime>(schema.FindDataField(EventFields.Timestamp), new[] { Day.UtcDateTime.AddHours(1) });
            foreach (var (name, text) in new[] { (EventFields.UserId, "u"), (EventFields.ItemId, "a"), (EventFields.EventType, "click") })
                await group.WriteAsync<ReadOnlyMemory<char>>(schema.FindDataField(name), new ReadOnlyMemory<char>?[] { text.AsMemory() });
        }

        var log = ShopLog.Open(folder.Path);
        Assert.Equal(1, log.ReadInteractions(log.ReadCatalog(), from: Day, to: Day.AddDays(1)).Count);
        DatasetCondition[] ofTheDay = [DatasetCondition.AtLeast(EventFields.Timestamp, Day), DatasetCondition.Below(EventFields.Timestamp, Day.AddDays(1))];
        Assert.Equal(["u"], DatasetRows.ReadAll(folder["events.parquet"], new DatasetOptions { Columns = [EventFields.UserId], Where = ofTheDay }));
    }

    [Fact]
    public void A_request_with_several_placements_is_a_list_for_each_whether_they_are_asked_for_together_or_one_by_one()
    {
        using var folder = new TemporaryFolder();
        string[] placements = ["home", "cart"];
        var events = Enumerable.Range(0, 60).Select(i => SampleEvents.Shown($"u{i / 6}", $"{(char)('a' + (i % 3))}", i / 6, i % 5 == 0 ? null : $"r{i / 6}", (i % 6) + 1, i % 4 < 2 ? placements[i % 2] : "charts"));
        var log = Write(folder, events, rowGroupSize: 7);
        var catalog = log.ReadCatalog();
        var together = log.ReadImpressions(catalog, placements: placements).ToLookup(l => l.Placement!);
        Assert.Equal(placements.Order(), together.Select(l => l.Key).Order());
        var all = log.ReadImpressions(catalog).ToLookup(l => l.Placement!);
        foreach (string placement in placements)
        {
            string[] alone = [.. log.ReadImpressions(catalog, placements: [placement]).Select(Describe)];
            Assert.NotEmpty(alone);
            Assert.Equal(alone, together[placement].Select(Describe));
            Assert.Equal(alone, all[placement].Select(Describe));
        }

        static string Describe(ImpressionList list) => $"{list.RequestId} {list.UserId} {list.Placement} {string.Join(',', list.Rows)} {string.Join(',', list.Positions)}";
    }

    [Fact]
    public void Row_groups_outside_the_window_do_not_part_a_list()
    {
        using var folder = new TemporaryFolder();
        EventRow[] events =
        [
            SampleEvents.Shown("u", "a", 15, "r", 1), SampleEvents.Shown("u", "b", 16, "r", 2),
            SampleEvents.Event("v", "a", EventType.Click, 90), SampleEvents.Event("v", "b", EventType.Click, 91), // came late into the file before
            SampleEvents.Event("v", "a", EventType.Click, 5), SampleEvents.Event("v", "b", EventType.Click, 91),  // no event of the window, though its times lie around it
            SampleEvents.Shown("u", "c", 17, "r", 3), SampleEvents.Event("u", "c", EventType.Click, 18) with { RequestId = "r" },
        ];
        var log = Write(folder, events, rowGroupSize: 2);
        var list = Assert.Single(log.ReadImpressions(log.ReadCatalog(), Day.AddMinutes(10), Day.AddMinutes(20)));
        Assert.Equal([0, 1, 2], list.Rows);
        Assert.Equal([false, false, true], list.Clicked);
    }

    // Three row groups of ten minutes each, in each a list of its own, one that is cut off from its click, and clicks.
    private static ShopLog Write(TemporaryFolder folder) => Write(
        folder,
        Enumerable.Range(0, 3).SelectMany(g => new[]
        {
            SampleEvents.Shown("u", "a", 10 * g, $"r{g}", 1),
            SampleEvents.Shown("u", "b", (10 * g) + 1, $"r{g}", 2),
            SampleEvents.Shown("v", "c", (10 * g) + 2, $"q{g}", 1),
            SampleEvents.Event("u", "b", EventType.Click, (10 * g) + 3) with { RequestId = $"r{g}" },
            SampleEvents.Event("v", "c", EventType.Click, (10 * g) + 4) with { RequestId = $"q{g - 1}" }, // of the list of ten minutes ago
            SampleEvents.Event("w", null, EventType.Search, 10 * (g + 1)) with { UnixMilliseconds = Day.AddMinutes(10 * (g + 1)).ToUnixTimeMilliseconds() - 1 },
        }),
        GroupRows);

    private static ShopLog Write(TemporaryFolder folder, IEnumerable<EventRow> events, int rowGroupSize)
    {
        ItemTable.Write(folder["items.parquet"], SampleEvents.Catalog("a", "b", "c"));
        SampleEvents.Write(folder["events.parquet"], events, rowGroupSize: rowGroupSize);
        return ShopLog.Open(folder.Path);
    }

    // A click in each of two row groups, at the window's edge.
    private static async Task AssertWindowsAsync<TTime>(Column<TTime> column, Func<DateTime, TTime> of)
    {
        using var folder = new TemporaryFolder();
        var edge = Day.AddMilliseconds(1);
        var log = Write(folder, column, of(edge.UtcDateTime.AddTicks(-10)), of(edge.UtcDateTime));
        var catalog = log.ReadCatalog();
        Assert.Equal(2, log.ReadInteractions(catalog).Count);
        Assert.Equal(1, log.ReadInteractions(catalog, to: edge).Count);
        await DamageAsync(log, group: 0);
        Assert.Equal(1, log.ReadInteractions(catalog, from: edge).Count);
        Assert.Throws<InvalidDataException>(() => log.ReadInteractions(catalog, from: edge.AddMilliseconds(-1)));
    }

    private static ShopLog Write<TTime>(TemporaryFolder folder, Column<TTime> column, TTime first, TTime second, bool statistics = true)
    {
        ItemTable.Write(folder["items.parquet"], SampleEvents.Catalog("a"));
        using (var builder = new WriterPropertiesBuilder())
        using (var properties = (statistics ? builder.EnableStatistics() : builder.DisableStatistics()).Build())
        using (var file = new ParquetFileWriter(folder["events.parquet"], [column, new Column<string>("event_type"), new Column<string>("item_id"), new Column<string>("user_id")], null, properties))
        {
            foreach (var time in new[] { first, second })
            {
                using var group = file.AppendRowGroup();
                Put(group, time);
                foreach (string text in new[] { "click", "a", "u" }) Put(group, text);
            }

            file.Close();
        }

        return ShopLog.Open(folder.Path);
    }

    private static void Put<T>(RowGroupWriter group, T value)
    {
        using var writer = group.NextColumn().LogicalWriter<T>();
        writer.WriteBatch([value]);
    }

    /// <summary>Overwrites all columns of a row group; the footer stays as it is.</summary>
    private static async Task DamageAsync(ShopLog log, int group)
    {
        await using var stream = new FileStream(log.Events.Files[0], FileMode.Open, FileAccess.ReadWrite);
        await using var reader = await Parquet.ParquetReader.CreateAsync(stream, leaveStreamOpen: true);
        foreach (var chunk in reader.Metadata!.RowGroups[group].Columns.Select(c => c.MetaData!))
        {
            stream.Position = chunk.DictionaryPageOffset ?? chunk.DataPageOffset;
            stream.Write(Enumerable.Repeat((byte)0xFF, (int)chunk.TotalCompressedSize).ToArray());
        }
    }
}
