namespace LineRec.Features;

/// <summary>Counts per item of the events seen so far. Memory: 4 bytes per item and count, and what <see cref="RepeatCounter"/> says.</summary>
internal sealed class ItemStatistics
{
    private const int TypeCount = 8;
    private readonly int[]?[] _counts = new int[TypeCount][];
    private readonly (long First, int Days, int[] Counts)[][] _windows = new (long, int, int[])[TypeCount][];
    private readonly RepeatCounter?[] _repeats = new RepeatCounter[TypeCount];
    private readonly RepeatStatistics?[] _repeatsDone = new RepeatStatistics[TypeCount];

    private readonly Dictionary<(string Column, EventType Type, int Folds), GroupCounts> _groups = [];
    private readonly GroupCounts[][] _groupsOfType;

    internal ItemStatistics(Catalog catalog, StatisticsPlan plan, long asOf)
    {
        Catalog = catalog;
        foreach (var type in plan.Counted) _counts[(int)type] = new int[catalog.Count];
        for (int type = 0; type < TypeCount; type++)
            _windows[type] = [.. plan.Windows.Where(w => (int)w.Type == type).Select(w => (asOf - (w.Days * LogScale.MillisecondsPerDay), w.Days, new int[catalog.Count]))];
        foreach (var type in plan.Repeated) _repeats[(int)type] = new RepeatCounter();
        foreach (var group in plan.Groups) _groups.Add(group, new GroupCounts(FeatureNames.Require<TextColumn>(catalog, group.Column, nameof(TargetRateFeature)), group.Folds));
        _groupsOfType = [.. Enumerable.Range(0, TypeCount).Select(type => _groups.Where(g => (int)g.Key.Type == type).Select(g => g.Value).ToArray())];
    }

    internal Catalog Catalog { get; }

    /// <summary>All plain counts, in an order that the plan gives.</summary>
    private IEnumerable<int[]> Arrays => [.. _counts.OfType<int[]>(), .. _windows.SelectMany(w => w).Select(w => w.Counts), .. _groups.Values.Select(g => g.Counts)];

    /// <summary>The fold of users whose events target encodings leave out; -1 for none.</summary>
    internal int WithoutFold { get; set; } = -1;

    internal void Add(int user, int row, EventType type, long time)
    {
        if (_counts[(int)type] is { } counts) counts[row]++;
        foreach (var window in _windows[(int)type])
        {
            if (time >= window.First) window.Counts[row]++;
        }

        foreach (var group in _groupsOfType[(int)type]) group.Add(user, row);
        if (_repeats[(int)type] is null) return;
        _repeatsDone[(int)type] = null;
        _repeats[(int)type]!.Add(user, row, LogScale.DayOf(time));
    }

    /// <summary>Adds the counts of another part of the log.</summary>
    internal void Add(ItemStatistics other)
    {
        foreach (var (mine, theirs) in Arrays.Zip(other.Arrays))
        {
            for (int i = 0; i < mine.Length; i++) mine[i] = checked(mine[i] + theirs[i]);
        }

        foreach (var (mine, theirs) in _repeats.Zip(other._repeats)) mine?.Add(theirs!);
        Array.Clear(_repeatsDone);
    }

    internal void Write(BinaryWriter writer)
    {
        foreach (int[] counts in Arrays)
        {
            foreach (int count in counts) writer.Write7BitEncodedInt(count);
        }

        foreach (var repeats in _repeats) repeats?.Write(writer);
    }

    /// <summary>Adds what statistics of the same plan wrote.</summary>
    internal void AddFrom(BinaryReader reader)
    {
        foreach (int[] counts in Arrays)
        {
            for (int i = 0; i < counts.Length; i++) counts[i] = checked(counts[i] + reader.Read7BitEncodedInt());
        }

        foreach (var repeats in _repeats) repeats?.AddFrom(reader);
        Array.Clear(_repeatsDone);
    }

    internal int[] Counts(EventType type) => _counts[(int)type]!;

    internal int[] Window(EventType type, int days) => Array.Find(_windows[(int)type], w => w.Days == days).Counts;

    /// <summary>Events by value code + 1 of a text column.</summary>
    internal long[] Group(string column, EventType type, int folds) => _groups[(column, type, folds)].Sum(WithoutFold);

    internal RepeatStatistics Repeats(EventType type) => _repeatsDone[(int)type] ??= _repeats[(int)type]!.Summarise(Catalog.Count);
}
