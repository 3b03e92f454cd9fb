using LineRec.Data;

namespace LineRec.Simulation;

public sealed class ShopSimulatorTests(SimulatedShop shop) : IClassFixture<SimulatedShop>
{
    [Fact]
    public void The_same_options_give_the_same_bytes_on_any_number_of_threads()
    {
        using var again = new TemporaryFolder();
        ShopSimulator.Run(again.Path, SimulatedShop.Options(threads: 1));
        string[] files = [.. Directory.EnumerateFiles(shop.Directory, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        Assert.Equal(files.Select(f => Path.GetRelativePath(shop.Directory, f)), Directory.EnumerateFiles(again.Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(f => Path.GetRelativePath(again.Path, f)));
        foreach (string file in files) Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(again.Path, Path.GetRelativePath(shop.Directory, file))));
    }

    [Fact]
    public void Partitions_hold_a_day_each_and_the_same_events()
    {
        using var partitioned = new TemporaryFolder();
        var options = SimulatedShop.Options();
        options.PartitionByDate = true;
        ShopSimulator.Run(partitioned.Path, options);
        var log = ShopLog.Open(partitioned.Path);
        Assert.Equal(options.Days, log.Events.Files.Count);
        Assert.All(log.Events.Files, file => Assert.Equal(
            [Path.GetFileName(Path.GetDirectoryName(file))!],
            new EventReader(file).Read(EventColumns.None).SelectMany(b => b.Times).Select(t => $"date={DateTimeOffset.FromUnixTimeMilliseconds(t):yyyy-MM-dd}").Distinct()));
        Assert.Equal(Ids(shop.Log), Ids(log));

        options.PartitionByDate = false; // the other layout takes its place
        ShopSimulator.Run(partitioned.Path, options);
        Assert.Equal(shop.Log.Events.Files.Select(Path.GetFileName), ShopLog.Open(partitioned.Path).Events.Files.Select(Path.GetFileName));

        static IEnumerable<string> Ids(ShopLog log) => log.ReadEvents(EventColumns.RequestId).SelectMany(b => b.UserIds.Zip(b.ItemIds, b.RequestIds!).Select(e => $"{e.First} {e.Second} {e.Third}"));
    }

    [Fact]
    public void Another_seed_gives_another_log()
    {
        using var other = new TemporaryFolder();
        var options = SimulatedShop.Options();
        options.Seed++;
        ShopSimulator.Run(other.Path, options);
        Assert.NotEqual(shop.Log.Events.CountRows(), ShopLog.Open(other.Path).Events.CountRows());
    }

    [Fact]
    public void About_as_many_events_are_written_as_asked_for() => Assert.InRange(shop.Log.Events.CountRows(), 42_000, 78_000);

    [Fact]
    public void Events_are_in_time_order_within_the_days_asked_for()
    {
        long[] times = [.. shop.Log.ReadEvents(EventColumns.None).SelectMany(b => b.Times)];
        Assert.Equal(times.Order(), times);
        Assert.True(times[0] >= ShopSimulationDefaults.StartsAt.ToUnixTimeMilliseconds());
        Assert.True(times[^1] < shop.Truth.EndsAt.ToUnixTimeMilliseconds());
    }

    [Fact]
    public void Every_placement_shows_lists_with_positions_from_one()
    {
        var lists = shop.Log.ReadImpressions(shop.Catalog).ToList();
        Assert.Equal(ShopSimulationDefaults.Placements.Order(StringComparer.Ordinal), lists.Select(l => l.Placement!).Distinct().Order(StringComparer.Ordinal));
        Assert.All(lists, l => Assert.Equal(Enumerable.Range(1, l.Count), l.Positions));
        Assert.All(lists, l => Assert.Equal(l.Count, l.Rows.Distinct().Count()));
        Assert.All(lists, l => Assert.NotNull(l.RequestId));
        Assert.All(lists.Where(l => l.Placement is "item_page" or "cart"), l => Assert.True(l.AnchorRow >= 0 && !l.Rows.Contains(l.AnchorRow)));
    }

    [Fact]
    public void The_first_positions_are_clicked_more()
    {
        var home = shop.Log.ReadImpressions(shop.Catalog, placements: ["home"]).Where(l => l.Count == 10).ToList();
        double first = home.Average(l => l.Clicked[0] ? 1 : 0), last = home.Average(l => l.Clicked[9] ? 1 : 0);
        Assert.True(first > 1.5 * last, $"Position 1 is clicked {first:p1}, position 10 {last:p1}.");
    }

    [Fact]
    public void Every_type_of_event_occurs_and_purchases_follow_a_click_of_the_item()
    {
        var clicked = new HashSet<(string User, string Item)>();
        var types = new HashSet<EventType>();
        foreach (var batch in shop.Log.ReadEvents(EventColumns.None))
        {
            for (int i = 0; i < batch.Count; i++)
            {
                types.Add(batch.Types[i]);
                if (batch.Types[i] == EventType.Click) clicked.Add((batch.UserIds[i], batch.ItemIds[i]!));
                if (batch.Types[i] == EventType.Purchase) Assert.Contains((batch.UserIds[i], batch.ItemIds[i]!), clicked);
            }
        }

        Assert.Equal(Enum.GetValues<EventType>(), types.Order());
    }

    [Fact]
    public void Nothing_is_shown_before_it_is_listed()
    {
        foreach (var list in shop.Log.ReadImpressions(shop.Catalog)) Assert.All(list.Rows, row => Assert.True(shop.Catalog.ListedAt![row] <= list.UnixMilliseconds));
    }

    [Fact]
    public void New_items_arrive_and_some_are_out_of_stock()
    {
        long start = ShopSimulationDefaults.StartsAt.ToUnixTimeMilliseconds();
        Assert.InRange(shop.Catalog.ListedAt!.UnixMilliseconds.ToArray().Count(t => t > start), 150, 300);
        Assert.InRange(shop.Catalog.Stock!.Values.ToArray().Count(s => s == 0), 10, 200);
        Assert.All(shop.Catalog.Price!.Values.ToArray(), p => Assert.True(p > 0));
    }

    [Fact]
    public void The_catalog_names_no_niche()
    {
        Assert.Equal(
            ["brand", "category", "listed_at", "margin", "price", "shop", "stock", "title"],
            shop.Catalog.Columns.Select(c => c.Name).Order(StringComparer.Ordinal));
        Assert.Matches("^[a-z]+/[a-z-]+$", shop.Catalog.Category![0]!);
    }

    [Fact]
    public void Campaigns_apply_to_values_that_the_catalog_has()
    {
        var campaigns = shop.Log.ReadCampaigns();
        Assert.True(campaigns.Count >= 5);
        foreach (var campaign in campaigns)
        {
            string[] values = shop.Catalog.Find<TextColumn>(campaign.Column!)!.Values.ToArray();
            Assert.All(campaign.Values, v => Assert.Contains(values, value => value == v || value.StartsWith(v + "/", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void The_users_table_holds_every_user()
    {
        var users = shop.Log.ReadUsers()!;
        Assert.Equal(400, users.Count);
        Assert.All(shop.Log.ReadInteractions(shop.Catalog).UserIds, u => Assert.True(users.TryGetRow(u, out _)));
    }

    [Fact]
    public void A_rerun_leaves_nothing_of_a_longer_log()
    {
        using var folder = new TemporaryFolder();
        var options = SimulatedShop.Options();
        ShopSimulator.Run(folder.Path, options);
        options.Days = 2;
        options.EventTarget = 3_000;
        var truth = ShopSimulator.Run(folder.Path, options);
        Assert.True(ShopLog.Open(folder.Path).ReadTimeRange()!.Value.Last < truth.EndsAt);
    }

    [Fact]
    public void Progress_is_told_by_days_and_a_cancelled_run_stops()
    {
        using var folder = new TemporaryFolder();
        using var source = new CancellationTokenSource();
        var days = new List<int>();
        Assert.Throws<OperationCanceledException>(() => ShopSimulator.Run(folder.Path, SimulatedShop.Options(), new Listener(day =>
        {
            days.Add(day);
            if (day == 3) source.Cancel();
        }), source.Token));
        Assert.Equal([1, 2, 3], days);
    }

    [Theory]
    [InlineData(nameof(ShopSimulationOptions.Users), 0)]
    [InlineData(nameof(ShopSimulationOptions.Items), 99)]
    [InlineData(nameof(ShopSimulationOptions.Days), 0)]
    [InlineData(nameof(ShopSimulationOptions.Threads), 0)]
    public void An_option_out_of_range_is_named(string name, int value)
    {
        using var folder = new TemporaryFolder();
        var options = new ShopSimulationOptions();
        typeof(ShopSimulationOptions).GetProperty(name)!.SetValue(options, value);
        Assert.Contains(name, Assert.Throws<ArgumentOutOfRangeException>(() => ShopSimulator.Run(folder.Path, options)).Message);
    }

    private sealed class Listener(Action<int> tell) : IProgress<int>
    {
        public void Report(int value) => tell(value);
    }
}
