namespace LineRec.Features;

/// <summary>log(1 + number of events) of each type over the whole log, scaled.</summary>
public sealed record CountsFeature : ItemFeature
{
    /// <summary>The types, a column each. Default click, cart and purchase.</summary>
    public IReadOnlyList<EventType> Types { get; init; } = [EventType.Click, EventType.Cart, EventType.Purchase];

    internal override void Plan(StatisticsPlan plan)
    {
        foreach (var type in Types) plan.Count(type);
    }

    internal override IReadOnlyList<ItemColumn> Fit(ItemStatistics statistics) => [.. Types.Select(type =>
    {
        int[] counts = statistics.Counts(type);
        return new ItemColumn($"{FeatureNames.Of(type)}_count", true, row => LogScale.Count(counts[row]));
    })];
}
