using CsCheck;

namespace LineRec.Tests.State;

public sealed class UserHistoryStoreTests
{
    private static UserHistory Read(InMemoryUserHistoryStore store, string user, Catalog catalog, DateTimeOffset? before = null)
    {
        var history = new UserHistory();
        Assert.True(store.ReadAsync(user, catalog, before ?? DateTimeOffset.MaxValue, history, default).IsCompletedSuccessfully);
        return history;
    }

    [Fact]
    public void Events_come_in_time_order_whatever_order_they_were_appended_in() => Gen.Int[0, 1000].Array[0, 60].Sample(times =>
    {
        var store = new InMemoryUserHistoryStore();
        var catalog = TestShop.Catalog();
        for (int i = 0; i < times.Length; i++) store.Append(new UserEvent("u", TestShop.Id(i), EventType.Click, DateTimeOffset.UnixEpoch.AddMilliseconds(times[i])));
        var expected = times.Select((time, i) => (time, i)).OrderBy(x => x.time).ThenBy(x => x.i).Select(x => x.i).ToArray();
        Assert.Equal(expected, Read(store, "u", catalog).Rows.ToArray());
        Assert.Equal(times.Count(t => t < 500), Read(store, "u", catalog, DateTimeOffset.UnixEpoch.AddMilliseconds(500)).Count);
    });

    [Fact]
    public void The_oldest_events_go_when_a_user_has_too_many()
    {
        var store = new InMemoryUserHistoryStore(maxEventsPerUser: 16);
        for (int i = 0; i < 100; i++) store.Append(new UserEvent("u", TestShop.Id(i), EventType.Click, TestShop.Now.AddMinutes(i)));
        var rows = Read(store, "u", TestShop.Catalog()).Rows.ToArray();
        Assert.InRange(rows.Length, 14, 16);
        Assert.Equal(Enumerable.Range(100 - rows.Length, rows.Length), rows);
    }

    [Fact]
    public void An_event_older_than_all_of_a_full_history_drives_out_no_newer_one()
    {
        var store = new InMemoryUserHistoryStore(maxEventsPerUser: 3);
        for (int i = 1; i <= 3; i++) store.Append(new UserEvent("u", TestShop.Id(i), EventType.Click, TestShop.Now.AddMinutes(i)));
        store.Append(new UserEvent("u", TestShop.Id(0), EventType.Click, TestShop.Now));
        Assert.Equal([1, 2, 3], Read(store, "u", TestShop.Catalog()).Rows.ToArray());
    }

    [Fact]
    public void Items_are_found_again_in_another_catalog_and_unknown_ones_left_out()
    {
        var store = new InMemoryUserHistoryStore();
        store.Append(new UserEvent("u", "b", EventType.Click, TestShop.Now));
        store.Append(new UserEvent("u", "gone", EventType.Click, TestShop.Now));
        store.Append(new UserEvent("u", "c", EventType.Purchase, TestShop.Now));
        Assert.Equal([0, 1], Read(store, "u", new Catalog(["b", "c"], [])).Rows.ToArray());
        Assert.Equal([1, 2], Read(store, "u", new Catalog(["a", "b", "c"], [])).Rows.ToArray());
    }

    [Fact]
    public void Impressions_are_not_history()
    {
        var store = new InMemoryUserHistoryStore();
        store.Append(new UserEvent("u", TestShop.Id(1), EventType.Impression, TestShop.Now));
        Assert.Equal(0, Read(store, "u", TestShop.Catalog()).Count);
    }

    [Fact]
    public void Writers_and_readers_at_once_see_whole_events()
    {
        var store = new InMemoryUserHistoryStore(maxEventsPerUser: 200);
        var catalog = TestShop.Catalog();
        Parallel.For(0, 4, worker =>
        {
            for (int i = 0; i < 5_000; i++)
            {
                int item = (i + worker) % 100;
                store.Append(new UserEvent($"u{i % 3}", TestShop.Id(item), (EventType)(1 + (item % 4)), DateTimeOffset.UnixEpoch.AddSeconds(i)));
                var history = Read(store, $"u{i % 3}", catalog);
                for (int e = 0; e < history.Count; e++)
                {
                    Assert.Equal((EventType)(1 + (history.Rows[e] % 4)), history.Types[e]);
                    Assert.True(e == 0 || history.Times[e - 1] <= history.Times[e]);
                }
            }
        });
    }
}
