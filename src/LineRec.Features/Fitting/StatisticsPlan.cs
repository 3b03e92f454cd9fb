namespace LineRec.Features;

/// <summary>Which statistics of the log a spec needs, so that a fit counts no others.</summary>
internal sealed class StatisticsPlan
{
    internal SortedSet<EventType> Counted { get; } = [];

    internal SortedSet<(EventType Type, int Days)> Windows { get; } = [];

    internal SortedSet<EventType> Repeated { get; } = [];

    internal List<(string Column, EventType Type, int Folds)> Groups { get; } = [];

    /// <summary>What the features of a spec ask for.</summary>
    internal static StatisticsPlan Of(FeatureSpec spec)
    {
        var plan = new StatisticsPlan();
        foreach (var feature in spec.Item) feature.Plan(plan);
        return plan;
    }

    internal void Count(EventType type) => Counted.Add(type);

    internal void Window(EventType type, int days) => Windows.Add((type, days));

    internal void Group(string column, EventType type, int folds)
    {
        if (!Groups.Contains((column, type, folds))) Groups.Add((column, type, folds));
    }

    internal void Repeats(EventType type) => Repeated.Add(type);
}
