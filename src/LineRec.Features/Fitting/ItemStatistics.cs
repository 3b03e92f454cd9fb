namespace LineRec.Features;

/// <summary>Counts per item of the events seen so far. Memory: 4 bytes per item and count, and what <see cref="RepeatCounter"/> says.</summary>
internal sealed class ItemStatistics
{
    private const int TypeCount = 8;
    private readonly int[]?[] _counts = new int[TypeCount][];
    private readonly (long First, int Days, int[] Counts)[][] _windows = new (long, int, int[])[TypeCount][];
    private readonly RepeatCounter?[] _repeats = new RepeatCounter[TypeCount];
    private readonly RepeatStatistics?[] _repeatsDone = new RepeatStatistics[TypeCount];

    internal ItemStatistics(Catalog catalog, StatisticsPlan plan, long asOf)
    {
        Catalog = catalog;
        foreach (var type in plan.Counted) _counts[(int)type] = new int[catalog.Count];
        for (int type = 0; type < TypeCount; type++)
            _windows[type] = [.. plan.Windows.Where(w => (int)w.Type == type).Select(w => (asOf - (w.Days * LogScale.MillisecondsPerDay), w.Days, new int[catalog.Count]))];
        foreach (var type in plan.Repeated) _repeats[(int)type] = new RepeatCounter();
    }

    internal Catalog Catalog { get; }

    internal void Add(int user, int row, EventType type, long time)
    {
        if (_counts[(int)type] is { } counts) counts[row]++;
        foreach (var window in _windows[(int)type])
        {
            if (time >= window.First) window.Counts[row]++;
        }

        _repeats[(int)type]?.Add(user, row, LogScale.DayOf(time));
    }

    internal int[] Counts(EventType type) => _counts[(int)type]!;

    internal int[] Window(EventType type, int days) => Array.Find(_windows[(int)type], w => w.Days == days).Counts;

    internal RepeatStatistics Repeats(EventType type) => _repeatsDone[(int)type] ??= _repeats[(int)type]!.Summarise(Catalog.Count);
}
