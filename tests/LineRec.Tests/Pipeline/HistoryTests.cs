using Microsoft.Extensions.Time.Testing;

namespace LineRec.Tests.Pipeline;

public sealed class HistoryTests
{
    [Fact]
    public async Task An_event_posted_in_the_very_millisecond_of_the_request_counts()
    {
        var time = new FakeTimeProvider(TestShop.Now);
        var histories = new InMemoryUserHistoryStore();
        using var recommender = TestShop.Build(p => p.Retrieve(r => r.Use("a", 10, TestShop.Rows(1, 2))).Filter(f => f.NotPurchased()), histories: histories, time: time);
        histories.Append(new UserEvent("u", TestShop.Id(1), EventType.Purchase, time.GetUtcNow()));
        Assert.Equal([2], (await recommender.RecommendAsync(new() { Placement = "home", UserId = "u", Take = 2 })).RowsOf());
        Assert.Equal([1, 2], (await recommender.RecommendAsync(TestShop.Request(2, "u"))).RowsOf()); // a replay of that instant: strictly before it
    }

    [Fact]
    public async Task A_late_history_store_makes_a_strangers_slate_and_may_go_on_writing_without_harm()
    {
        var time = new FakeTimeProvider(TestShop.Now);
        var store = new LateStore();
        int seen = -1;
        using var recommender = TestShop.Build(
            p => p.Retrieve(r => r.Use("a", 5, TestShop.Rows(1))).FallBackTo("charts").Deadline(TimeSpan.FromMilliseconds(40)),
            histories: store,
            time: time,
            more: b => b.AddPlacement("charts", p => p.Retrieve(r => r.Use("chart", 5, (context, sink, _) =>
            {
                store.Release.SetResult();
                store.Wrote.Task.Wait(TimeSpan.FromSeconds(20), CancellationToken.None);
                seen = context.History.Count;
                sink.Add(7, 1f);
                return default;
            }))));
        var pending = recommender.RecommendAsync(TestShop.Request(1, "u")).AsTask();
        time.Advance(TimeSpan.FromMilliseconds(41));
        var slate = await pending.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Equal([7], slate.RowsOf());
        Assert.Equal(0, seen);
        Assert.Contains(slate.Degradations, d => d is { Component: "user history", Reason: DegradationReason.Late });
    }

    private sealed class LateStore : IUserHistoryStore
    {
        public TaskCompletionSource Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Wrote { get; } = new();

        public void Append(in UserEvent userEvent) => throw new NotSupportedException();

        public async ValueTask ReadAsync(string userId, Catalog catalog, DateTimeOffset before, UserHistory history, CancellationToken cancellationToken)
        {
            await Release.Task;
            history.Add(1, EventType.Click, 0);
            Wrote.SetResult();
        }
    }
}
