namespace LineRec.Features;

/// <summary>
/// log(1 + number of events) of each type in the last days of the log, scaled, and the trend: how far each shorter window's daily rate is
/// over that of the longest, as a log ratio.
/// </summary>
public sealed record RecentCountsFeature : ItemFeature
{
    /// <summary>The types. Default click and purchase.</summary>
    public IReadOnlyList<EventType> Types { get; init; } = [EventType.Click, EventType.Purchase];

    /// <summary>The windows in days, ascending, each over 0. Default 1, 7 and 28.</summary>
    public IReadOnlyList<int> Days { get; init; } = [1, 7, 28];

    internal override bool OfOwnEvents => true;

    internal override void Plan(StatisticsPlan plan)
    {
        for (int i = 0; i < Days.Count; i++)
        {
            if (Days[i] <= (i == 0 ? 0 : Days[i - 1])) throw new ArgumentException($"RecentCountsFeature.Days must be over 0 and ascending; got {string.Join(", ", Days)}.");
            foreach (var type in Types) plan.Window(type, Days[i]);
        }
    }

    internal override IReadOnlyList<ItemColumn> Fit(ItemStatistics statistics, FittedRun saved)
    {
        var columns = new List<ItemColumn>();
        foreach (var type in Types)
        {
            int longest = Days[^1];
            int[] whole = statistics.Window(type, longest);
            foreach (int days in Days)
            {
                int[] counts = statistics.Window(type, days);
                columns.Add(new ItemColumn($"{FeatureNames.Of(type)}_{days}d", true, row => LogScale.Count(counts[row])));
                if (days == longest) continue;
                float share = (float)days / longest;
                columns.Add(new ItemColumn($"{FeatureNames.Of(type)}_{days}d_trend", true, row => MathF.Log((counts[row] + 1f) / ((whole[row] * share) + 1f))));
            }
        }

        return columns;
    }
}
