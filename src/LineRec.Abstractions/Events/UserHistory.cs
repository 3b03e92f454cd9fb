namespace LineRec;

/// <summary>
/// One user's events as columns of equal length, oldest first. Impressions are not part of a history.
/// </summary>
/// <remarks>Not thread-safe for writing; a request's components only read it. The buffers are reused from request to request.</remarks>
public sealed class UserHistory
{
    private int[] _rows = new int[64];
    private EventType[] _types = new EventType[64];
    private long[] _times = new long[64];

    /// <summary>How many events there are.</summary>
    public int Count { get; private set; }

    /// <summary>The catalog row of each event's item.</summary>
    public ReadOnlySpan<int> Rows => _rows.AsSpan(0, Count);

    /// <summary>The type of each event.</summary>
    public ReadOnlySpan<EventType> Types => _types.AsSpan(0, Count);

    /// <summary>When each event happened, in milliseconds since 1970-01-01 UTC.</summary>
    public ReadOnlySpan<long> Times => _times.AsSpan(0, Count);

    /// <summary>Appends an event, which must not be older than the last one.</summary>
    /// <param name="row">The item's catalog row.</param>
    /// <param name="type">What the user did.</param>
    /// <param name="unixMilliseconds">When, in milliseconds since 1970-01-01 UTC.</param>
    public void Add(int row, EventType type, long unixMilliseconds)
    {
        if (Count == _rows.Length)
        {
            Array.Resize(ref _rows, Count * 2);
            Array.Resize(ref _types, Count * 2);
            Array.Resize(ref _times, Count * 2);
        }

        (_rows[Count], _types[Count], _times[Count]) = (row, type, unixMilliseconds);
        Count++;
    }

    /// <summary>Forgets all events and keeps the buffers.</summary>
    public void Clear() => Count = 0;
}
