namespace LineRec.Data;

/// <summary>A half-open window of time in milliseconds since 1970-01-01 UTC.</summary>
internal readonly struct TimeWindow(DateTimeOffset? from, DateTimeOffset? to)
{
    private readonly long _from = from?.ToUnixTimeMilliseconds() ?? long.MinValue;
    private readonly long _to = to?.ToUnixTimeMilliseconds() ?? long.MaxValue;

    public bool Contains(long time) => time >= _from && time < _to;

    /// <summary>Whether a time between two others, both inclusive, may be in it.</summary>
    public bool Meets(long first, long last) => last >= _from && first < _to;
}
