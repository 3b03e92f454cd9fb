namespace LineRec.Features;

/// <summary>log(1 + number of events) of each type over the whole log, scaled; or the number of events as a transform says.</summary>
public sealed record CountsFeature : ItemFeature
{
    /// <summary>The types, a column each. Default click, cart and purchase.</summary>
    public IReadOnlyList<EventType> Types { get; init; } = [EventType.Click, EventType.Cart, EventType.Purchase];

    /// <summary>What takes the place of the logarithm and its z-score; null for these.</summary>
    public NumberTransform? Transform { get; init; }

    internal override NumberTransform? OwnTransform => Transform;

    internal override bool OfOwnEvents => true;

    internal override void Plan(StatisticsPlan plan)
    {
        foreach (var type in Types) plan.Count(type);
    }

    internal override IReadOnlyList<ItemColumn> Fit(ItemStatistics statistics, FittedRun saved)
    {
        var columns = new List<ItemColumn>();
        foreach (var type in Types)
        {
            int[] counts = statistics.Counts(type);
            string name = $"{FeatureNames.Of(type)}_count";
            if (Transform is null) columns.Add(new ItemColumn(name, true, row => LogScale.Count(counts[row])));
            else columns.AddRange(new NumberColumns(name, Transform, MissingNumber.Constant).Make(counts.Length, row => counts[row], saved[columns.Count]));
        }

        return columns;
    }
}
