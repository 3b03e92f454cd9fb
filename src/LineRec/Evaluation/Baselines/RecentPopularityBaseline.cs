namespace LineRec;

/// <summary>
/// The items that were bought (or clicked) most in a window before the split; ties by popularity ever. Grid: the window's length, which
/// event types count, and whether a user counts once an item.
/// </summary>
public static class RecentPopularityBaseline
{
    /// <summary>Its name in reports.</summary>
    public const string Name = "recent_popularity";

    private static readonly double[] WindowDaysGrid = [0.25, 0.5, 1, 2, 3, 5, 7, 10, 14, 21, 30, 45, 60, 90, 180];
    private static readonly bool[] PerUserGrid = [false, true];

    /// <summary>Tunes and fits it.</summary>
    /// <param name="data">The data.</param>
    /// <returns>The baseline, and what fills the lists of others.</returns>
    internal static (TunedBaseline Baseline, RecentFill Fill) Tune(BaselineData data)
    {
        var grid = (from days in WindowDaysGrid
                    from weights in EventWeights.GridFor(data.Events, data.Target)
                    from perUser in PerUserGrid
                    select (days, weights, perUser)).ToArray();
        var before = data.Events.Before(data.ValidationStart);
        var charts = new PopularityChart[grid.Length];
        Parallel.For(0, grid.Length, g => charts[g] = Fit(before, data.ValidationStart, g));
        var (best, recall) = FindBest(data, charts);
        var fitted = Fit(data.Events.Before(data.Split), data.Split, best);
        var baseline = new TunedBaseline(
            new RankedSystem(Name, (question, rows) => fitted.Fill(question, rows, 0)),
            FormattableString.Invariant($"{grid[best].days} days, {grid[best].weights.Name}, {(grid[best].perUser ? "users" : "events")}"),
            recall,
            grid.Length);
        return (baseline, new RecentFill(charts[best], fitted));

        PopularityChart Fit(InteractionTable events, DateTimeOffset end, int g) =>
            PopularityChart.Count(events, data.ItemCount, grid[g].weights, grid[g].perUser, end - TimeSpan.FromDays(grid[g].days));
    }

    internal static (int Best, double Recall) FindBest(BaselineData data, PopularityChart[] charts) =>
        BaselineTuning.FindBest(data, charts.Length, (question, recalls) =>
        {
            Span<int> rows = stackalloc int[data.K];
            for (int chart = 0; chart < charts.Length; chart++)
                recalls[chart] = BaselineTuning.Recall(rows[..charts[chart].Fill(question, rows, 0)], question, data.K);
        });
}

/// <summary>The tuned recent popularity, as it fills the lists of other baselines.</summary>
/// <param name="Validation">Fitted on what is before validation.</param>
/// <param name="Test">Fitted on what is before the split.</param>
internal sealed record RecentFill(PopularityChart Validation, PopularityChart Test);
