namespace LineRec.Features;

/// <summary>Which statistics of the log a spec needs, so that a fit counts no others.</summary>
internal sealed class StatisticsPlan
{
    internal SortedSet<EventType> Counted { get; } = [];

    internal SortedSet<(EventType Type, int Days)> Windows { get; } = [];

    internal SortedSet<EventType> Repeated { get; } = [];

    internal void Count(EventType type) => Counted.Add(type);

    internal void Window(EventType type, int days) => Windows.Add((type, days));

    internal void Repeats(EventType type) => Repeated.Add(type);
}
