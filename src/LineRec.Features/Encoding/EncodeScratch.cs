namespace LineRec.Features;

/// <summary>What one encode call works with: the request, its history's summary and buffers. Pooled; one call at a time uses it.</summary>
internal sealed class EncodeScratch(HistorySummary summary)
{
    private float[] _floats = [];
    private ulong[] _keys = [];
    private int[] _integers = [];
    private IntMap? _numbers;

    internal RequestContext Context { get; private set; } = null!;

    internal HistorySummary Summary => summary;

    /// <summary>The slots in which candidates were shown, or empty.</summary>
    internal ReadOnlyMemory<int> Positions { get; private set; }

    internal void Begin(RequestContext context, ReadOnlyMemory<int> positions, bool userOnly)
    {
        (Context, Positions) = (context, positions);
        summary.Build(context.History, userOnly);
    }

    internal void End() => (Context, Positions) = (null!, default);

    /// <summary>Candidates by row: row rows[i] has the number i. The next call gets the same map.</summary>
    internal IntMap Numbers(ReadOnlySpan<int> rows)
    {
        _numbers ??= new IntMap();
        _numbers.Reset(rows.Length);
        foreach (int row in rows) _numbers.FindOrAdd(row);
        return _numbers;
    }

    /// <summary>A buffer of any content; the next call gets the same one.</summary>
    internal Span<float> Floats(int count)
    {
        if (_floats.Length < count) _floats = new float[Math.Max(count, _floats.Length * 2)];
        return _floats.AsSpan(0, count);
    }

    /// <summary>A buffer of any content; the next call gets the same one.</summary>
    internal Span<ulong> Keys(int count)
    {
        if (_keys.Length < count) _keys = new ulong[Math.Max(count, _keys.Length * 2)];
        return _keys.AsSpan(0, count);
    }

    /// <summary>A buffer of any content; the next call gets the same one.</summary>
    internal Span<int> Integers(int count)
    {
        if (_integers.Length < count) _integers = new int[Math.Max(count, _integers.Length * 2)];
        return _integers.AsSpan(0, count);
    }
}
