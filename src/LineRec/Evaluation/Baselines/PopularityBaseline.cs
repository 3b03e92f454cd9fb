namespace LineRec;

/// <summary>The items that were bought (or clicked) most, ever. Grid: which event types count, and whether a user counts once an item.</summary>
public static class PopularityBaseline
{
    /// <summary>Its name in reports.</summary>
    public const string Name = "popularity";

    private static readonly bool[] PerUserGrid = [false, true];

    /// <summary>Tunes and fits it.</summary>
    /// <param name="data">The data.</param>
    public static TunedBaseline Tune(BaselineData data)
    {
        var grid = (from weights in EventWeights.GridFor(data.Events, data.Target) from perUser in PerUserGrid select (weights, perUser)).ToArray();
        var before = data.Events.Before(data.ValidationStart);
        var charts = grid.Select(g => PopularityChart.Count(before, data.ItemCount, g.weights, g.perUser, DateTimeOffset.UnixEpoch)).ToArray();
        var (best, recall) = RecentPopularityBaseline.FindBest(data, charts);
        var fitted = PopularityChart.Count(data.Events.Before(data.Split), data.ItemCount, grid[best].weights, grid[best].perUser, DateTimeOffset.UnixEpoch);
        return new TunedBaseline(
            new RankedSystem(Name, (question, rows) => fitted.Fill(question, rows, 0)),
            $"{grid[best].weights.Name}, {(grid[best].perUser ? "users" : "events")}",
            recall,
            grid.Length);
    }
}
