using CsCheck;
using LineRec.Conformance;

namespace LineRec.Retrieval.Tests.Trending;

public class TrendingChartsBuilderTests
{
    private static readonly long Now = TestRequests.Now.ToUnixTimeMilliseconds();
    private static readonly long Day = (long)TimeSpan.FromDays(1).TotalMilliseconds;
    private static readonly Catalog Items = TestRequests.Catalog(4, TextColumn.Encode("category", ["toys/outdoor", "toys/puzzles", "shoes", null]));

    [Fact]
    public void One_log_gives_the_charts_of_the_shop_its_categories_placements_and_segments()
    {
        var builder = new TrendingChartsBuilder(Items, Options);
        builder.Add(0, EventType.Click, Now - (7 * Day), "home", new Dictionary<string, string> { ["region"] = "north" });
        builder.Add(1, EventType.Click, Now - (14 * Day), "cart", new Dictionary<string, string> { ["region"] = "south" });
        builder.Add(1, EventType.Click, Now - (7 * Day), "cart");
        builder.Add(2, EventType.Click, Now - (21 * Day));
        builder.Add(3, EventType.Click, Now - (28 * Day));
        var charts = builder.Build();
        Assert.Equal(
            ["trending", "trending/cart", "trending/category=shoes", "trending/category=toys", "trending/category=toys/outdoor", "trending/category=toys/puzzles", "trending/home", "trending/region=north", "trending/region=south"],
            charts.Keys);
        Is(charts["trending"], (1, 0.75f), (0, 0.5f), (2, 0.125f), (3, 0.0625f));
        Is(charts["trending/category=toys"], (1, 0.75f), (0, 0.5f));
        Is(charts["trending/category=toys/outdoor"], (0, 0.5f));
        Is(charts["trending/cart"], (1, 0.75f));
        Is(charts["trending/region=south"], (1, 0.25f));
    }

    [Fact]
    public void Rates_of_a_part_are_bounded_as_those_of_the_shop()
    {
        // 1 of 1 has the lower bound 1 / (1 + z²) = .20655.
        var builder = new TrendingChartsBuilder(Items, Options with { Counting = new() { AsOf = TestRequests.Now, HalfLife = null } });
        builder.Add(2, EventType.Impression, Now - Day, "cart");
        builder.Add(2, EventType.Click, Now - Day, "cart");
        var charts = builder.Build();
        Assert.All(["trending", "trending/cart", "trending/category=shoes"], name => Assert.Equal(0.20655f, charts[name].Scores[0], 1e-5f));
    }

    [Fact]
    public void Parts_that_rank_too_few_get_no_chart_and_no_chart_ranks_too_many()
    {
        var builder = new TrendingChartsBuilder(Items, Options with { MinItems = 2, MaxItems = 2 });
        for (int row = 0; row < 4; row++) builder.Add(row, EventType.Click, Now - ((row + 1) * Day), row == 0 ? "home" : "cart");
        var charts = builder.Build();
        Assert.Equal(["trending", "trending/cart", "trending/category=toys"], charts.Keys);
        Assert.Equal([0, 1], charts["trending"].Rows.ToArray());
        Assert.Equal([1, 2], charts["trending/cart"].Rows.ToArray());
    }

    [Fact]
    public void A_table_is_counted_by_the_segments_of_its_users()
    {
        var table = new InteractionTable(["u", "v"], [0, 1, 2], [0, 1], [EventType.Click, EventType.Click], [Now - Day, Now - Day]);
        var charts = new TrendingChartsBuilder(Items, Options with { ByCategory = false })
            .Add(table, user => user == "u" ? new Dictionary<string, string> { ["age"] = "20s" } : null).Build();
        Assert.Equal(["trending", "trending/age=20s"], charts.Keys);
        Assert.Equal([0], charts["trending/age=20s"].Rows.ToArray());
    }

    [Fact]
    public void A_categorys_chart_is_the_shops_without_other_categories() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[1, 60]).Array[0, 40].Sample(events =>
        {
            var all = new TrendingChartsBuilder(Items, Options);
            var toys = new TrendingBuilder(4, Options.Counting);
            foreach (var (row, days) in events)
            {
                all.Add(row, EventType.Click, Now - (days * Day));
                if (row < 2) toys.Add(row, EventType.Click, Now - (days * Day));
            }

            var expected = toys.Build();
            bool has = all.Build().TryGetValue("trending/category=toys", out var chart);
            Assert.Equal(expected.Rows.Length > 0, has);
            if (has) Is(chart!, [.. expected.Rows.ToArray().Zip(expected.Scores.ToArray())]);
        });

    [Fact]
    public void What_can_not_be_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new TrendingChartsBuilder(Items, Options with { MaxItems = 0 }));
        Assert.Throws<ArgumentException>(() => new TrendingChartsBuilder(Items, Options with { MinItems = 0 }));
        Assert.Throws<ArgumentException>(() => new TrendingChartsBuilder(Items, Options with { Counting = new() { AsOf = TestRequests.Now, HalfLife = TimeSpan.Zero } }));
        Assert.Throws<ArgumentException>(() => new TrendingChartsBuilder(Items, Options).Add(0, EventType.Click, Now - Day, null, new Dictionary<string, string> { ["category"] = "toys" }));
    }

    private static TrendingChartsOptions Options => new() { Counting = new() { AsOf = TestRequests.Now }, MinItems = 1 };

    private static void Is(Chart chart, params (int Row, float Score)[] expected) => Assert.Equal(expected, chart.Rows.ToArray().Zip(chart.Scores.ToArray()));
}
