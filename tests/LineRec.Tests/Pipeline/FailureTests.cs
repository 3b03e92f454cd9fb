using Microsoft.Extensions.Time.Testing;

namespace LineRec.Tests.Pipeline;

public sealed class FailureTests
{
    private static readonly IRetriever Broken = new DelegateRetriever((_, sink, _) =>
    {
        sink.Add(50, 1f);
        throw new InvalidOperationException("the shelf fell over");
    });

    private static Recommender WithFallback(Action<IPlacementBuilder> configure, TimeProvider? time = null) =>
        TestShop.Build(p => configure(p.FallBackTo("charts")), time: time, more: b => b.AddPlacement("charts", p => p.Retrieve(r => r.Use("chart", 50, TestShop.Rows(30, 31, 39, 32)))));

    [Fact]
    public async Task A_throwing_retriever_is_skipped_and_the_answer_says_so()
    {
        using var recommender = TestShop.Build(p => p.Retrieve(r => r.Use("broken", 5, Broken).Use("fine", 5, TestShop.Rows(1, 2))));
        var slate = await recommender.RecommendAsync(TestShop.Request(2));
        Assert.Equal([1, 2], slate.RowsOf());
        var degradation = Assert.Single(slate.Degradations);
        Assert.Equal((FunnelStage.Retrieve, "broken", DegradationReason.Failed, DegradationAction.Skipped), (degradation.Stage, degradation.Component, degradation.Reason, degradation.Action));
        Assert.Contains("the shelf fell over", degradation.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_throwing_ranker_leaves_the_merged_order()
    {
        using var recommender = TestShop.Build(p => p.Retrieve(r => r.Use("a", 5, TestShop.Rows(3, 1, 2))).Rank(r => r.Use("broken", (_, c, _) =>
        {
            c.Scores.Fill(7f);
            throw new InvalidOperationException("no model");
        })));
        var slate = await recommender.RecommendAsync(TestShop.Request(3));
        Assert.Equal([3, 1, 2], slate.RowsOf());
        Assert.Equal(FunnelStage.Rank, Assert.Single(slate.Degradations).Stage);
    }

    [Fact]
    public async Task A_re_ranker_that_drops_candidates_and_throws_loses_none()
    {
        using var recommender = TestShop.Build(p => p.Retrieve(r => r.Use("a", 5, TestShop.Rows(3, 1, 2))).ReRank(r => r.Use("broken", (_, c, _) =>
        {
            c.Truncate(1);
            throw new InvalidOperationException("oops");
        })));
        Assert.Equal([3, 1, 2], TestShop.RowsOf(await recommender.RecommendAsync(TestShop.Request(3))));
    }

    [Fact]
    public async Task A_broken_filter_without_fallback_fails_the_request()
    {
        using var recommender = TestShop.Build(p => p.Retrieve(r => r.Use("a", 5, TestShop.Rows(3))).Filter(f => f.Use("blocked", (_, _, _) => throw new InvalidOperationException("no list"))));
        var wrong = await Assert.ThrowsAsync<InvalidOperationException>(() => recommender.RecommendAsync(TestShop.Request(3)).AsTask());
        Assert.Contains("'blocked'", wrong.Message, StringComparison.Ordinal);
        Assert.Contains("'home'", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_filter_with_fallback_shows_nothing_of_what_it_should_have_kept_back()
    {
        using var recommender = WithFallback(p => p.Retrieve(r => r.Use("a", 5, TestShop.Rows(3))).Filter(f => f.Use("blocked", (_, _, _) => throw new InvalidOperationException("no list"))));
        var slate = await recommender.RecommendAsync(TestShop.Request(2));
        Assert.Equal([30, 31], slate.RowsOf());
        Assert.Contains(slate.Degradations, d => d is { Component: "blocked", Action: DegradationAction.FellBack });
    }

    [Fact]
    public async Task A_short_slate_is_topped_up_from_the_fallback_without_doubles_and_through_its_own_filters()
    {
        using var recommender = WithFallback(p => p.Retrieve(r => r.Use("a", 5, TestShop.Rows(31))).Filter(f => f.InStock()));
        Assert.Equal([31, 30, 32], TestShop.RowsOf(await recommender.RecommendAsync(TestShop.Request(4))));
    }

    [Fact]
    public async Task All_retrievers_failing_still_gives_the_fallbacks_slate()
    {
        using var recommender = WithFallback(p => p.Retrieve(r => r.Use("broken", 5, Broken)));
        Assert.Equal([30, 31, 39], TestShop.RowsOf(await recommender.RecommendAsync(TestShop.Request(3))));
    }

    [Fact]
    public async Task A_late_retriever_is_left_behind_and_may_go_on_writing_without_harm()
    {
        var time = new FakeTimeProvider(TestShop.Now);
        var release = new TaskCompletionSource();
        var wrote = new TaskCompletionSource();
        IRetriever late = new DelegateRetriever(async (context, sink, _) =>
        {
            await release.Task;
            for (int i = 0; i < 20; i++) sink.Add(i, 100f);
            wrote.SetResult();
        });
        using var recommender = TestShop.Build(p => p.Retrieve(r => r.Use("late", 20, late).Use("fine", 5, TestShop.Rows(40, 41))).Deadline(TimeSpan.FromMilliseconds(40)), time: time);
        var pending = recommender.RecommendAsync(TestShop.Request(2)).AsTask();
        time.Advance(TimeSpan.FromMilliseconds(41));
        var slate = await pending;
        Assert.Equal([40, 41], slate.RowsOf());
        Assert.Contains(slate.Degradations, d => d is { Component: "late", Reason: DegradationReason.Late, Action: DegradationAction.Skipped });
        release.SetResult();
        await wrote.Task;
    }

    [Fact]
    public async Task A_component_with_its_own_time_out_is_late_before_the_deadline_and_the_rest_goes_on()
    {
        var time = new FakeTimeProvider(TestShop.Now);
        CancellationToken seen = default;
        using var recommender = TestShop.Build(p => p
            .Retrieve(r => r.Use("late", 5, (_, _, _) => new ValueTask(new TaskCompletionSource().Task)).Timeout(TimeSpan.FromMilliseconds(5)).Use("fine", 5, TestShop.Rows(1)))
            .Rank(r => r.Use("r", (_, c, token) =>
            {
                seen = token;
                token.ThrowIfCancellationRequested();
                c.Scores.Fill(3f);
                return default;
            })), time: time);
        var pending = recommender.RecommendAsync(TestShop.Request(1)).AsTask();
        time.Advance(TimeSpan.FromMilliseconds(6));
        var slate = await pending;
        Assert.Equal(3f, Assert.Single(slate.Items).Score);
        Assert.Single(slate.Degradations);
        Assert.True(seen.IsCancellationRequested, "the late retriever is told to stop when the request has ended");
    }

    [Fact]
    public async Task A_late_ranker_cannot_spoil_the_answer()
    {
        var time = new FakeTimeProvider(TestShop.Now);
        var release = new TaskCompletionSource();
        var wrote = new TaskCompletionSource();
        using var recommender = TestShop.Build(p => p.Retrieve(r => r.Use("a", 5, TestShop.Rows(3, 1, 2)))
            .Rank(r => r.Use("late", async (_, c, _) =>
            {
                c.Scores[2] = 99f;
                await release.Task;
                c.Truncate(0);
                wrote.SetResult();
            })).Deadline(TimeSpan.FromMilliseconds(10)), time: time);
        var pending = recommender.RecommendAsync(TestShop.Request(3)).AsTask();
        time.Advance(TimeSpan.FromMilliseconds(11));
        var slate = await pending;
        release.SetResult();
        await wrote.Task;
        Assert.Equal([3, 1, 2], slate.RowsOf());
        Assert.Equal([3, 1, 2], (await RecommendAgain(recommender, time)).RowsOf());
    }

    [Fact]
    public async Task After_the_deadline_what_is_left_is_skipped_but_filters_still_filter()
    {
        var time = new FakeTimeProvider(TestShop.Now);
        bool ranked = false;
        using var recommender = TestShop.Build(p => p
            .Retrieve(r => r.Use("slow", 5, (_, sink, _) =>
            {
                sink.Add(9, 1f);
                sink.Add(1, 0.5f);
                time.Advance(TimeSpan.FromMilliseconds(50));
                return default;
            }).Use("next", 5, TestShop.Rows(2)))
            .Filter(f => f.InStock())
            .Rank(r => r.Use("r", (_, _, _) =>
            {
                ranked = true;
                return default;
            })).Deadline(TimeSpan.FromMilliseconds(40)), time: time);
        var slate = await recommender.RecommendAsync(TestShop.Request(3));
        Assert.Equal([1], slate.RowsOf());
        Assert.False(ranked);
        Assert.Equal(["next", "r", "home"], slate.Degradations.Select(d => d.Component));
    }

    [Fact]
    public async Task Propagate_lets_the_exception_out()
    {
        using var recommender = TestShop.Build(p => p.Retrieve(r => r.Use("broken", 5, Broken).OnFailure(FailurePolicy.Propagate)));
        var wrong = await Assert.ThrowsAsync<InvalidOperationException>(() => recommender.RecommendAsync(TestShop.Request(2)).AsTask());
        Assert.Equal("the shelf fell over", wrong.InnerException!.Message);
    }

    [Fact]
    public async Task A_caller_that_gives_up_gets_a_cancellation_and_no_degraded_answer()
    {
        using var cancel = new CancellationTokenSource();
        using var recommender = TestShop.Build(p => p.Retrieve(r => r.Use("waits", 5, (_, _, _) => new ValueTask(new TaskCompletionSource().Task))));
        var pending = recommender.RecommendAsync(TestShop.Request(2), cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pending);
    }

    [Fact]
    public async Task A_failing_history_store_is_said_and_the_slate_is_that_of_a_stranger()
    {
        using var recommender = TestShop.Build(p => p.Retrieve(r => r.Use("a", 5, TestShop.Rows(1))), histories: new BrokenStore());
        var slate = await recommender.RecommendAsync(TestShop.Request(1, "u"));
        Assert.Equal([1], slate.RowsOf());
        Assert.Equal("user history", Assert.Single(slate.Degradations).Component);
    }

    [Fact]
    public async Task A_component_that_is_still_waiting_a_millisecond_after_the_deadline_is_late_too()
    {
        var time = new FakeTimeProvider(TestShop.Now);
        using var recommender = TestShop.Build(p => p
            .Retrieve(r => r.Use("waits", 5, (_, _, _) => new ValueTask(new TaskCompletionSource().Task)).Use("slow", 5, (_, sink, _) =>
            {
                sink.Add(1, 1f);
                time.Advance(TimeSpan.FromMilliseconds(41));
                return default;
            })).Deadline(TimeSpan.FromMilliseconds(40)), time: time);
        var slate = await recommender.RecommendAsync(TestShop.Request(1)).AsTask().WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Equal([1], slate.RowsOf());
        Assert.Contains(slate.Degradations, d => d is { Component: "waits", Reason: DegradationReason.Late });
    }

    [Fact]
    public async Task A_time_out_counts_from_the_components_own_call()
    {
        var time = new FakeTimeProvider(TestShop.Now);
        var first = new TaskCompletionSource();
        using var recommender = TestShop.Build(p => p.Retrieve(r => r
            .Use("first", 5, (_, _, _) => new ValueTask(first.Task))
            .Use("second", 5, (_, _, _) => new ValueTask(new TaskCompletionSource().Task)).Timeout(TimeSpan.FromMilliseconds(50))
            .Use("fine", 5, TestShop.Rows(1))), time: time);
        var pending = recommender.RecommendAsync(TestShop.Request(1)).AsTask();
        time.Advance(TimeSpan.FromMilliseconds(60));
        first.SetResult();
        var slate = await pending.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Contains(slate.Degradations, d => d is { Component: "second", Reason: DegradationReason.Late });
    }

    [Fact]
    public async Task Components_are_told_when_the_caller_gives_up_under_a_deadline_too()
    {
        using var cancel = new CancellationTokenSource();
        bool told = false;
        using var recommender = TestShop.Build(p => p.Retrieve(r => r.Use("a", 5, (_, _, token) =>
        {
            cancel.Cancel();
            told = token.IsCancellationRequested;
            return default;
        })).Deadline(TimeSpan.FromMinutes(1)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => recommender.RecommendAsync(TestShop.Request(2), cancel.Token).AsTask());
        Assert.True(told);
    }

    [Fact]
    public async Task What_a_late_component_throws_when_it_is_told_to_stop_does_not_reach_the_caller()
    {
        var time = new FakeTimeProvider(TestShop.Now);
        using var recommender = TestShop.Build(p => p.Retrieve(r => r.Use("late", 5, (_, _, token) =>
        {
            token.Register(() => throw new InvalidOperationException("it won't stop"));
            return new ValueTask(new TaskCompletionSource().Task);
        }).Timeout(TimeSpan.FromMilliseconds(5)).Use("fine", 5, TestShop.Rows(1))), time: time);
        var pending = recommender.RecommendAsync(TestShop.Request(1)).AsTask();
        time.Advance(TimeSpan.FromMilliseconds(6));
        Assert.Equal([1], (await pending).RowsOf());
    }

    [Fact]
    public async Task What_a_re_ranker_marks_for_removal_is_not_shown()
    {
        using var recommender = TestShop.Build(p => p.Retrieve(r => r.Use("a", 5, TestShop.Rows(3, 1, 2))).ReRank(r => r.Use("rule", (_, c, _) =>
        {
            c.Remove(1);
            return default;
        })));
        Assert.Equal([3, 2], (await recommender.RecommendAsync(TestShop.Request(2))).RowsOf());
    }

    private static async Task<Slate> RecommendAgain(Recommender recommender, FakeTimeProvider time)
    {
        var pending = recommender.RecommendAsync(TestShop.Request(3)).AsTask();
        time.Advance(TimeSpan.FromMilliseconds(11));
        return await pending;
    }

    private sealed class BrokenStore : IUserHistoryStore
    {
        public void Append(in UserEvent userEvent) => throw new InvalidOperationException("down");

        public ValueTask ReadAsync(string userId, Catalog catalog, DateTimeOffset before, UserHistory history, CancellationToken cancellationToken) => throw new InvalidOperationException("down");
    }
}
