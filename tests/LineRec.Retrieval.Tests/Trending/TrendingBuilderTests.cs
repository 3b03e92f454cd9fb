using LineRec.Conformance;

namespace LineRec.Retrieval.Tests.Trending;

public class TrendingBuilderTests
{
    private static readonly long Now = TestRequests.Now.ToUnixTimeMilliseconds();
    private static readonly long Day = (long)TimeSpan.FromDays(1).TotalMilliseconds;

    [Fact]
    public void An_event_of_one_half_life_ago_counts_half()
    {
        var chart = Builder(new() { AsOf = TestRequests.Now, HalfLife = TimeSpan.FromDays(7) }, (0, EventType.Click, 7), (1, EventType.Click, 14), (1, EventType.Purchase, 7)).Build();
        Assert.Equal([1, 0], chart.Rows.ToArray());
        Assert.Equal([0.75f, 0.5f], chart.Scores.ToArray());
    }

    [Fact]
    public void Without_a_half_life_it_is_plain_popularity_and_ties_go_by_row()
    {
        var chart = Builder(new() { AsOf = TestRequests.Now, HalfLife = null }, (2, EventType.Click, 700), (0, EventType.Click, 1)).Build();
        Assert.Equal([0, 2], chart.Rows.ToArray());
        Assert.Equal([1f, 1f], chart.Scores.ToArray());
    }

    [Fact]
    public void Events_at_or_after_the_instant_and_before_the_window_do_not_count()
    {
        var chart = Builder(new() { AsOf = TestRequests.Now, Window = TimeSpan.FromDays(10) }, (0, EventType.Click, 0), (1, EventType.Click, -1), (2, EventType.Click, 11), (3, EventType.Click, 9)).Build();
        Assert.Equal([3], chart.Rows.ToArray());
    }

    [Fact]
    public void Type_weights_count()
    {
        var chart = Builder(new() { AsOf = TestRequests.Now, HalfLife = null, TypeWeights = [0, 1, 0, 5] }, (0, EventType.Click, 1), (0, EventType.Cart, 1), (1, EventType.Purchase, 1)).Build();
        Assert.Equal([(1, 5f), (0, 1f)], chart.Rows.ToArray().Zip(chart.Scores.ToArray()));
    }

    [Fact]
    public void With_impressions_a_rate_on_few_of_them_is_not_believed()
    {
        // 1 of 1 has the lower bound 1 / (1 + z²) = .20655, 60 of 100 has .5020: known values of Wilson's interval.
        var builder = Builder(new() { AsOf = TestRequests.Now, HalfLife = null }, (0, EventType.Impression, 1), (0, EventType.Click, 1));
        for (int i = 0; i < 100; i++) builder.Add(1, EventType.Impression, Now - Day);
        for (int i = 0; i < 60; i++) builder.Add(1, EventType.Click, Now - Day);
        var chart = builder.Build();
        Assert.Equal([1, 0], chart.Rows.ToArray());
        Assert.Equal(0.5020f, chart.Scores[0], tolerance: 1e-4f);
        Assert.Equal(0.20655f, chart.Scores[1], tolerance: 1e-5f);
    }

    [Fact]
    public void More_clicks_than_impressions_are_a_rate_of_one_at_most()
    {
        var chart = Builder(new() { AsOf = TestRequests.Now }, (0, EventType.Impression, 1), (0, EventType.Click, 1), (0, EventType.Click, 1)).Build();
        Assert.InRange(chart.Scores[0], 0f, 1f);
    }

    [Fact]
    public void The_limit_keeps_the_best() =>
        Assert.Equal([1], Builder(new() { AsOf = TestRequests.Now }, (0, EventType.Click, 1), (1, EventType.Click, 1), (1, EventType.Click, 1)).Build(1).Rows.ToArray());

    [Fact]
    public void Without_events_the_chart_is_empty() =>
        Assert.Equal(0, Builder(new() { AsOf = TestRequests.Now }).Build().Rows.Length);

    [Fact]
    public void A_table_counts_as_its_events_do()
    {
        var table = new InteractionTable(["u", "v"], [0, 2, 3], [0, 1, 1], [EventType.Click, EventType.Click, EventType.Cart], [Now - (3 * Day), Now - Day, Now - (2 * Day)]);
        var options = new TrendingBuilderOptions { AsOf = TestRequests.Now };
        var whole = new TrendingBuilder(2, options).Add(table).Build();
        var single = Builder(options, (0, EventType.Click, 3), (1, EventType.Click, 1), (1, EventType.Cart, 2)).Build();
        Assert.Equal(single.Rows.ToArray(), whole.Rows.ToArray());
        Assert.Equal(single.Scores.ToArray(), whole.Scores.ToArray());
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new TrendingBuilder(1, new() { AsOf = TestRequests.Now, HalfLife = TimeSpan.Zero }));
        Assert.Throws<ArgumentException>(() => new TrendingBuilder(1, new() { AsOf = TestRequests.Now, Window = TimeSpan.Zero }));
        Assert.Throws<ArgumentException>(() => new TrendingBuilder(1, new() { AsOf = TestRequests.Now, Z = double.NaN }));
        Assert.Throws<ArgumentException>(() => new TrendingBuilder(1, new() { AsOf = TestRequests.Now, Scoring = (TrendingScoring)9 }));
    }

    private static TrendingBuilder Builder(TrendingBuilderOptions options, params (int Row, EventType Type, int DaysAgo)[] events)
    {
        var builder = new TrendingBuilder(4, options);
        foreach (var (row, type, days) in events) builder.Add(row, type, Now - (days * Day));
        return builder;
    }
}
