namespace LineRec.Training;

/// <summary>
/// Estimates each item's share of a stream as one over the mean gap between its appearances (Yi et al. 2019, algorithm 2, with one
/// place an item: no collisions).
/// </summary>
/// <remarks>Not thread-safe. 16 bytes an item. The first 1 / <see cref="Rate"/> gaps are averaged plainly; later ones fade exponentially.</remarks>
internal sealed class StreamingFrequency(int itemCount)
{
    /// <summary>How much of the estimate the newest gap makes up.</summary>
    public const double Rate = 0.02;

    private readonly long[] _last = new long[itemCount];
    private readonly float[] _gap = new float[itemCount];
    private readonly int[] _count = new int[itemCount];
    private long _time;

    /// <summary>Counts the stream's next item.</summary>
    public void Add(int item)
    {
        _time++;
        double rate = Math.Max(Rate, 1.0 / ++_count[item]);
        _gap[item] += (float)(rate * (_time - _last[item] - _gap[item]));
        _last[item] = _time;
    }

    /// <summary>Names what was counted.</summary>
    public void Exchange(TrainingState state)
    {
        state.Values("last", _last.AsSpan());
        state.Values("gap", _gap.AsSpan());
        state.Values("count", _count.AsSpan());
        state.Value("time", ref _time);
    }

    /// <summary>The item's share of the stream; 0 for one that wasn't in it yet.</summary>
    public double this[int item] => _count[item] == 0 ? 0 : 1.0 / _gap[item];
}
