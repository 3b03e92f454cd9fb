namespace LineRec.Data;

public class ShopLogTests
{
    [Fact]
    public void A_folder_that_is_no_log_is_named_with_what_it_lacks()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<DirectoryNotFoundException>(() => ShopLog.Open(folder["nowhere"]));
        Assert.Contains("events.parquet", Assert.Throws<FileNotFoundException>(() => ShopLog.Open(folder.Path)).Message);
        SampleEvents.Write(folder["events.parquet"], []);
        Assert.Contains("items.parquet", Assert.Throws<FileNotFoundException>(() => ShopLog.Open(folder.Path)).Message);
        Assert.False(ShopLog.IsLog(folder.Path));
    }

    [Fact]
    public void Optional_tables_may_be_absent()
    {
        using var folder = new TemporaryFolder();
        var log = Write(folder, [SampleEvents.Event("u", "a", EventType.Click, 0)]);
        Assert.Null(log.ReadUsers());
        Assert.Empty(log.ReadCampaigns());
        Assert.Empty(log.ReadUserPoints());
        Assert.Equal((SampleEvents.Start, SampleEvents.Start), log.ReadTimeRange());
    }

    [Fact]
    public void Interactions_are_grouped_by_user_and_sorted_by_time()
    {
        using var folder = new TemporaryFolder();
        var log = Write(
            folder,
            [
                SampleEvents.Event("v", "b", EventType.Click, 5),
                SampleEvents.Event("u", "a", EventType.Purchase, 9),
                SampleEvents.Event("u", "b", EventType.Click, 2),
                SampleEvents.Event("w", "a", EventType.Impression, 2),
                SampleEvents.Event("u", "unknown", EventType.Click, 3),
                SampleEvents.Event("u", "c", EventType.Cart, 2),
                SampleEvents.Event("v", null, EventType.Search, 1),
            ],
            rowGroupSize: 3);
        var table = log.ReadInteractions(log.ReadCatalog());
        Assert.Equal(["u", "v"], table.UserIds);
        Assert.Equal([0, 3, 4], table.Offsets);
        Assert.Equal([1, 2, 0, 1], table.Rows);
        Assert.Equal([EventType.Click, EventType.Cart, EventType.Purchase, EventType.Click], table.Types);
    }

    [Fact]
    public void Interactions_can_be_limited_to_types_and_a_window()
    {
        using var folder = new TemporaryFolder();
        var log = Write(folder, Enumerable.Range(0, 10).Select(i => SampleEvents.Event("u", "a", i % 2 == 0 ? EventType.Click : EventType.Purchase, i)));
        var table = log.ReadInteractions(log.ReadCatalog(), [EventType.Purchase], SampleEvents.Start.AddMinutes(3), SampleEvents.Start.AddMinutes(7));
        Assert.Equal([SampleEvents.Start.AddMinutes(3).ToUnixTimeMilliseconds(), SampleEvents.Start.AddMinutes(5).ToUnixTimeMilliseconds()], table.Times);
    }

    [Fact]
    public void Interactions_can_be_limited_to_users()
    {
        using var folder = new TemporaryFolder();
        string[] users = ["w", "u", "v", "t"];
        var log = Write(folder, Enumerable.Range(0, 40).Select(i => SampleEvents.Event(users[i % 4], "a", EventType.Click, i)), rowGroupSize: 7);
        var table = log.ReadInteractions(log.ReadCatalog(), users: new HashSet<string> { "v", "w", "nobody" });
        var all = log.ReadInteractions(log.ReadCatalog());
        Assert.Equal(["v", "w"], table.UserIds);
        Assert.Equal(all.Times[20..], table.Times); // t, u, v, w
        Assert.Equal([0, 10, 20], table.Offsets);
    }

    [Fact]
    public void A_click_belongs_to_the_impression_of_its_request_and_item()
    {
        using var folder = new TemporaryFolder();
        var log = Write(
            folder,
            [
                SampleEvents.Shown("u", "a", 0, "r1", 1),
                SampleEvents.Shown("u", "b", 0, "r1", 2),
                SampleEvents.Shown("u", "unknown", 0, "r1", 3),
                SampleEvents.Event("u", "b", EventType.Click, 1) with { RequestId = "r1", Placement = "home" },
                SampleEvents.Shown("u", "b", 2, "r2", 1, "charts") with { AnchorItemId = "c", Price = 4 },
                SampleEvents.Event("u", "b", EventType.Purchase, 30) with { RequestId = "r1" },
                SampleEvents.Event("u", "b", EventType.Click, 40),
            ]);
        var catalog = log.ReadCatalog();
        var lists = log.ReadImpressions(catalog).ToList();
        Assert.Equal(["r1", "r2"], lists.Select(l => l.RequestId));
        Assert.Equal([0, 1], lists[0].Rows);
        Assert.Equal([1, 2], lists[0].Positions);
        Assert.Equal([false, true], lists[0].Clicked);
        Assert.Equal([false, true], lists[0].Purchased);
        Assert.Equal(-1, lists[0].AnchorRow);
        Assert.Equal([false], lists[1].Clicked);
        Assert.Equal(2, lists[1].AnchorRow);
        Assert.Equal([4], lists[1].Prices);
        Assert.Equal("charts", Assert.Single(log.ReadImpressions(catalog, placements: ["charts"])).Placement);
    }

    [Fact]
    public void What_happens_after_the_window_is_not_seen()
    {
        using var folder = new TemporaryFolder();
        var log = Write(
            folder,
            [
                SampleEvents.Shown("u", "a", 0, "r1", 1),
                SampleEvents.Shown("u", "b", 10, "r2", 1),
                SampleEvents.Event("u", "a", EventType.Click, 20) with { RequestId = "r1" },
            ]);
        var list = Assert.Single(log.ReadImpressions(log.ReadCatalog(), to: SampleEvents.Start.AddMinutes(10)));
        Assert.Equal([false], list.Clicked);
    }

    [Fact]
    public void Lists_that_are_interleaved_or_span_row_groups_stay_whole()
    {
        using var folder = new TemporaryFolder();
        var events = Enumerable.Range(0, 40).Select(i => SampleEvents.Shown($"u{i % 2}", $"{(char)('a' + (i % 3))}", i / 20, $"r{(i / 10 * 2) + (i % 2)}", (i % 10 / 2) + 1));
        var log = Write(folder, events, rowGroupSize: 7);
        var lists = log.ReadImpressions(log.ReadCatalog()).ToList();
        Assert.Equal(Enumerable.Range(0, 8).Select(r => $"r{r}"), lists.Select(l => l.RequestId).Order(StringComparer.Ordinal));
        Assert.All(lists, l => Assert.Equal([1, 2, 3, 4, 5], l.Positions));
    }

    [Fact]
    public void Without_request_ids_a_list_is_a_user_a_placement_and_a_time()
    {
        using var folder = new TemporaryFolder();
        var log = Write(folder, [SampleEvents.Shown("u", "a", 0, null, 1), SampleEvents.Shown("v", "a", 0, null, 1), SampleEvents.Shown("u", "b", 0, null, 2), SampleEvents.Shown("u", "c", 1, null, 1)]);
        Assert.Equal([2, 1, 1], log.ReadImpressions(log.ReadCatalog()).Select(l => l.Count));
    }

    private static ShopLog Write(TemporaryFolder folder, IEnumerable<EventRow> events, int rowGroupSize = 1000)
    {
        ItemTable.Write(folder["items.parquet"], SampleEvents.Catalog("a", "b", "c"));
        SampleEvents.Write(folder["events.parquet"], events, rowGroupSize: rowGroupSize);
        return ShopLog.Open(folder.Path);
    }
}
