using CsCheck;

namespace LineRec.Tests.Pipeline;

public sealed class FunnelTests
{
    [Fact]
    public async Task Merging_does_not_depend_on_the_order_of_arrival()
    {
        var fast = TestShop.Rows(5, 3, 8);
        IRetriever slow = new DelegateRetriever(async (_, sink, token) =>
        {
            await Task.Delay(10, token);
            sink.Add(3, 9f);
            sink.Add(4, 8f);
        });
        IRetriever atOnce = new DelegateRetriever((_, sink, _) =>
        {
            sink.Add(4, 8f);
            sink.Add(3, 9f);
            return default;
        });
        using var one = TestShop.Build(p => p.Retrieve(r => r.Use("a", 5, slow).Use("b", 5, fast)));
        using var other = TestShop.Build(p => p.Retrieve(r => r.Use("a", 5, atOnce).Use("b", 5, fast)));
        var expected = (await other.RecommendAsync(TestShop.Request(4))).Items;
        Assert.Equal(expected, (await one.RecommendAsync(TestShop.Request(4))).Items);
        Assert.Equal(3, TestShop.RowsOf(await one.RecommendAsync(TestShop.Request(4))).First());
    }

    [Fact]
    public void Merge_equals_reciprocal_rank_fusion_by_hand() => Gen.Int[0, 40].Array[0, 30].Array[1, 6].Sample(sources =>
    {
        var sinks = sources.Select(rows =>
        {
            var sink = new CandidateSink(20);
            for (int i = 0; i < rows.Length; i++) sink.Add(rows[i], rows.Length - i);
            sink.Complete(41);
            return sink;
        }).ToArray();
        var expected = sources
            .SelectMany(rows => rows.Distinct().Take(20).Select((row, rank) => (row, score: 1f / (61 + rank))))
            .GroupBy(x => x.row)
            .Select(g => (Row: g.Key, Score: g.Aggregate(0f, (sum, x) => sum + x.score)))
            .OrderByDescending(x => x.Score).ThenBy(x => x.Row).Select(x => x.Row).ToArray();
        var table = new CandidateTable([.. sources.Select((_, i) => $"s{i}")]);
        new CandidateMerger().Merge(sinks, table);
        Assert.Equal(expected, table.Rows.ToArray());
    });

    [Fact]
    public async Task Nan_sinks_to_the_bottom_and_ties_go_by_item_id()
    {
        using var recommender = TestShop.Build(p => p
            .Retrieve(r => r.Use("a", 5, TestShop.Rows(9, 7, 5, 3)))
            .Rank(r => r.Use("r", (_, c, _) =>
            {
                for (int i = 0; i < c.Count; i++) c.Scores[i] = c.Rows[i] == 9 ? float.NaN : 1f;
                return default;
            })));
        Assert.Equal([3, 5, 7, 9], TestShop.RowsOf(await recommender.RecommendAsync(TestShop.Request(4))));
    }

    [Fact]
    public async Task Filters_drop_what_is_out_of_stock_and_what_was_bought()
    {
        var histories = new InMemoryUserHistoryStore();
        histories.Append(new UserEvent("u", TestShop.Id(2), EventType.Purchase, TestShop.Now.AddDays(-10)));
        histories.Append(new UserEvent("u", TestShop.Id(3), EventType.Purchase, TestShop.Now.AddDays(-40)));
        histories.Append(new UserEvent("u", TestShop.Id(4), EventType.Click, TestShop.Now.AddDays(-1)));
        using var recommender = TestShop.Build(p => p
            .Retrieve(r => r.Use("a", 10, TestShop.Rows(1, 2, 3, 4, 9)))
            .Filter(f => f.InStock().NotPurchasedWithin(TimeSpan.FromDays(30))), histories: histories);
        Assert.Equal([1, 3, 4], TestShop.RowsOf(await recommender.RecommendAsync(TestShop.Request(5, "u"))));
    }

    [Fact]
    public async Task A_posted_event_changes_the_very_next_slate()
    {
        var histories = new InMemoryUserHistoryStore();
        using var recommender = TestShop.Build(p => p.Retrieve(r => r.Use("a", 10, TestShop.Rows(1, 2))).Filter(f => f.NotPurchased()), histories: histories);
        Assert.Equal([1, 2], TestShop.RowsOf(await recommender.RecommendAsync(TestShop.Request(2, "u"))));
        histories.Append(new UserEvent("u", TestShop.Id(1), EventType.Purchase, TestShop.Now.AddSeconds(-1)));
        Assert.Equal([2], TestShop.RowsOf(await recommender.RecommendAsync(TestShop.Request(2, "u"))));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("nobody")]
    public async Task An_unknown_user_gets_a_slate(string? user)
    {
        using var recommender = TestShop.Build(p => p.Retrieve(r => r.Use("a", 10, TestShop.Rows(1, 2))).Filter(f => f.NotPurchased()));
        Assert.Equal([1, 2], TestShop.RowsOf(await recommender.RecommendAsync(TestShop.Request(2, user))));
    }

    [Fact]
    public async Task Asking_for_more_than_the_corpus_holds_gives_all_of_it_and_says_so()
    {
        using var recommender = TestShop.Build(p => p.Retrieve(r => r.Use("a", 1000, TestShop.Rows(2, 1, 0))), items: 3);
        var slate = await recommender.RecommendAsync(TestShop.Request(50));
        Assert.Equal([2, 1, 0], slate.RowsOf());
        Assert.Equal((DegradationReason.Short, DegradationAction.None), (slate.Degradations.Single().Reason, slate.Degradations.Single().Action));
    }

    [Fact]
    public async Task Rows_outside_the_catalog_and_doubles_are_dropped()
    {
        using var recommender = TestShop.Build(p => p.Retrieve(r => r.Use("a", 10, TestShop.Rows(1, 99, 1, -3, 5))), items: 6);
        Assert.Equal([1, 5], TestShop.RowsOf(await recommender.RecommendAsync(TestShop.Request(2))));
    }

    [Fact]
    public async Task An_unregistered_placement_is_named_with_those_there_are()
    {
        using var recommender = TestShop.Build(p => p.Retrieve(r => r.Use("a", 10, TestShop.Rows(1))));
        var wrong = await Assert.ThrowsAsync<ArgumentException>(() => recommender.RecommendAsync(new() { Placement = "hoem" }).AsTask());
        Assert.Contains("'hoem'", wrong.Message, StringComparison.Ordinal);
        Assert.Contains("'home'", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_for_nothing_is_refused()
    {
        using var recommender = TestShop.Build(p => p.Retrieve(r => r.Use("a", 10, TestShop.Rows(1))));
        await Assert.ThrowsAsync<ArgumentException>(() => recommender.RecommendAsync(TestShop.Request(0)).AsTask());
    }

    [Fact]
    public async Task The_same_request_with_seed_and_time_is_answered_alike_to_the_last_bit()
    {
        using var recommender = TestShop.Build(p => p.Retrieve(r => r.Use("a", 10, TestShop.Rows(4, 2, 6))));
        var (one, two) = (await recommender.RecommendAsync(TestShop.Request(3)), await recommender.RecommendAsync(TestShop.Request(3)));
        Assert.Equal(one.AttributionId, two.AttributionId);
        Assert.Equal(one.Items, two.Items);
        Assert.NotEqual(one.AttributionId, (await recommender.RecommendAsync(TestShop.Request(3) with { Seed = 2 })).AttributionId);
    }

    [Fact]
    public async Task Rankers_see_every_scoring_sources_score_of_every_candidate()
    {
        float[] seen = [];
        using var recommender = TestShop.Build(p => p
            .Retrieve(r => r.Use("plain", 5, TestShop.Rows(1)).Use("scoring", 1, new ScoringRetriever()))
            .Rank(r => r.Use("r", (_, c, _) =>
            {
                seen = c.SourceScores(c.FindSource("scoring")).ToArray();
                return default;
            })));
        await recommender.RecommendAsync(TestShop.Request(2));
        Assert.Equal([10f, 20f], seen.Order());
    }

    private sealed class ScoringRetriever : IRetriever, ICandidateScorer
    {
        public ValueTask RetrieveAsync(RequestContext context, CandidateSink candidates, CancellationToken cancellationToken)
        {
            candidates.Add(2, 20f);
            return default;
        }

        public void Score(RequestContext context, ReadOnlySpan<int> rows, Span<float> scores)
        {
            for (int i = 0; i < rows.Length; i++) scores[i] = rows[i] * 10f;
        }
    }
}
