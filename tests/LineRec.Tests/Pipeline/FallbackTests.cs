namespace LineRec.Tests.Pipeline;

public sealed class FallbackTests
{
    private static Recommender WithCharts(Action<IPlacementBuilder> configure, int[] charts, Action<IPlacementBuilder>? more = null, IUserHistoryStore? histories = null) =>
        TestShop.Build(p => configure(p.FallBackTo("charts")), histories: histories, more: b => b.AddPlacement("charts", p =>
        {
            p.Retrieve(r => r.Use("chart", 90, TestShop.Rows(charts)));
            more?.Invoke(p);
        }));

    [Fact]
    public async Task When_a_retriever_falls_back_the_placements_own_filters_look_at_what_comes()
    {
        using var recommender = WithCharts(p => p.Retrieve(r => r.Use("broken", 5, (_, _, _) => throw new InvalidOperationException("down")).OnFailure(FailurePolicy.FallBack)).Filter(f => f.InStock()), [39, 30, 31]);
        Assert.Equal([30, 31], (await recommender.RecommendAsync(TestShop.Request(2))).RowsOf());
    }

    [Fact]
    public async Task A_fallback_is_asked_for_more_where_the_filters_keep_back_its_best()
    {
        using var recommender = WithCharts(p => p.Retrieve(r => r.Use("a", 5, TestShop.Rows(1))).Filter(f => f.Where("late rows", (_, row) => row > 80)), [.. Enumerable.Range(10, 80)]);
        var slate = await recommender.RecommendAsync(TestShop.Request(3));
        Assert.Equal([81, 82, 83], slate.RowsOf());
        Assert.Single(slate.Degradations);
    }

    [Fact]
    public async Task Asking_for_more_than_any_shop_holds_gets_the_fallbacks_items_too()
    {
        using var recommender = WithCharts(p => p.Retrieve(r => r.Use("a", 5, TestShop.Rows(1))), [30, 31]);
        Assert.Equal([1, 30, 31], (await recommender.RecommendAsync(TestShop.Request(int.MaxValue))).RowsOf());
    }

    [Fact]
    public async Task A_broken_fallback_does_not_take_away_a_short_slate()
    {
        using var recommender = WithCharts(p => p.Retrieve(r => r.Use("a", 5, TestShop.Rows(1))), [30], p => p.Filter(f => f.Use("broken", (_, _, _) => throw new InvalidOperationException("no list"))));
        var slate = await recommender.RecommendAsync(TestShop.Request(3));
        Assert.Equal([1], slate.RowsOf());
        Assert.Contains(slate.Degradations, d => d is { Component: "charts", Reason: DegradationReason.Failed });
    }

    [Fact]
    public async Task An_explanation_of_a_slate_that_was_topped_up_through_filters_tells_both_ways()
    {
        using var recommender = WithCharts(p => p.Retrieve(r => r.Use("a", 5, TestShop.Rows(1, 9))).Filter(f => f.InStock()), [39, 30]);
        var explanation = await recommender.ExplainAsync(TestShop.Request(2));
        Assert.Equal([1, 30], explanation.Slate.RowsOf());
        Assert.Equal(["merge", "in-stock", "take"], explanation.Find(TestShop.Id(1))!.Steps.Select(s => s.Component));
        Assert.Equal("in-stock", explanation.Find(TestShop.Id(9))!.FellOutAt!.Component);
        Assert.Equal("fallback", Assert.Single(explanation.Find(TestShop.Id(30))!.Steps).Component);
    }

    [Fact]
    public async Task The_history_is_read_once_for_a_request_and_its_fallback()
    {
        var histories = new CountingStore();
        using var recommender = WithCharts(p => p.Retrieve(r => r.Use("a", 5, TestShop.Rows(1))), [30, 31], p => p.Filter(f => f.NotPurchased()), histories);
        Assert.Equal([1, 31], (await recommender.RecommendAsync(TestShop.Request(2, "u"))).RowsOf());
        Assert.Equal(1, histories.Reads);
    }

    private sealed class CountingStore : IUserHistoryStore
    {
        public int Reads { get; private set; }

        public void Append(in UserEvent userEvent) => throw new NotSupportedException();

        public ValueTask ReadAsync(string userId, Catalog catalog, DateTimeOffset before, UserHistory history, CancellationToken cancellationToken)
        {
            Reads++;
            history.Add(30, EventType.Purchase, before.AddDays(-1).ToUnixTimeMilliseconds());
            return default;
        }
    }
}
