using LineRec.Conformance;

namespace LineRec.Retrieval.Tests.History;

public class HistoryWeightsTests
{
    private static readonly ModelSnapshot Snapshot = new(TestRequests.Catalog(5));

    [Fact]
    public void The_newest_distinct_items_weigh_by_type_place_and_age()
    {
        var weights = new HistoryWeights { Last = 3, Decay = 0.5f, HalfLife = TimeSpan.FromDays(1), TypeWeights = [0f, 1f, 2f, 4f] };
        var context = TestRequests.Begin(Snapshot, c =>
        {
            c.Happened("e", EventType.Click, TimeSpan.FromDays(9)); // beyond the last three
            c.Happened("b", EventType.Click, TimeSpan.FromDays(3));
            c.Happened("a", EventType.Purchase, TimeSpan.FromDays(2));
            c.Happened("d", EventType.Search, TimeSpan.FromDays(2)); // no weight
            c.Happened("c", EventType.Cart, TimeSpan.FromDays(1));
            c.Happened("a", EventType.Click, TimeSpan.FromDays(1)); // a's newest event
        });
        var (rows, picked) = (new int[3], new float[3]);
        Assert.Equal(3, weights.Select(context.History, context.UnixMilliseconds, rows, picked));
        Assert.Equal([0, 2, 1], rows);
        Assert.Equal([0.5f, 0.5f * 2f * 0.5f, 0.25f * 1f * 0.125f], picked);
    }

    [Fact]
    public void An_empty_history_picks_nothing()
    {
        var context = TestRequests.Begin(Snapshot);
        Assert.Equal(0, new HistoryWeights().Select(context.History, context.UnixMilliseconds, new int[50], new float[50]));
    }
}
