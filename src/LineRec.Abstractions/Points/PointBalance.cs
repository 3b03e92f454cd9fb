namespace LineRec;

/// <summary>One user's loyalty points as lots, each with the time at which it expires: the order in which they are spent, the soonest first.</summary>
/// <remarks>Not thread-safe for writing. The buffers are reused from request to request.</remarks>
public sealed class PointBalance
{
    /// <summary>The expiry of points that never expire.</summary>
    public const long Never = long.MaxValue;

    private float[] _points = new float[4];
    private long[] _expiries = new long[4];

    /// <summary>How many lots there are.</summary>
    public int Count { get; private set; }

    /// <summary>The points of each lot, over 0; the soonest to expire first.</summary>
    public ReadOnlySpan<float> Points => _points.AsSpan(0, Count);

    /// <summary>When each lot expires, in milliseconds since 1970-01-01 UTC; <see cref="Never"/> for never. Ascending.</summary>
    public ReadOnlySpan<long> Expiries => _expiries.AsSpan(0, Count);

    /// <summary>Adds a lot, in any order. O(lots).</summary>
    /// <param name="points">How many points, finite and 0 or more.</param>
    /// <param name="expiresAt">When they expire; null for never.</param>
    /// <exception cref="ArgumentOutOfRangeException">The points are negative or not finite.</exception>
    public void Add(float points, DateTimeOffset? expiresAt = null) => Add(points, expiresAt?.ToUnixTimeMilliseconds() ?? Never);

    /// <summary>Adds a lot, in any order. O(lots).</summary>
    /// <param name="points">How many points, finite and 0 or more.</param>
    /// <param name="expiryUnixMilliseconds">When they expire, in milliseconds since 1970-01-01 UTC; <see cref="Never"/> for never.</param>
    /// <exception cref="ArgumentOutOfRangeException">The points are negative or not finite.</exception>
    public void Add(float points, long expiryUnixMilliseconds)
    {
        if (!(points >= 0f) || !float.IsFinite(points)) throw new ArgumentOutOfRangeException(nameof(points), points, "A lot's points must be finite and 0 or more.");
        if (points == 0f) return;
        if (Count == _points.Length)
        {
            Array.Resize(ref _points, Count * 2);
            Array.Resize(ref _expiries, Count * 2);
        }

        int at = Count++;
        for (; at > 0 && _expiries[at - 1] > expiryUnixMilliseconds; at--) (_points[at], _expiries[at]) = (_points[at - 1], _expiries[at - 1]);
        (_points[at], _expiries[at]) = (points, expiryUnixMilliseconds);
    }

    /// <summary>Takes lots out that expired at or before an instant.</summary>
    /// <param name="unixMilliseconds">The instant.</param>
    public void Expire(long unixMilliseconds)
    {
        int gone = 0;
        while (gone < Count && _expiries[gone] <= unixMilliseconds) gone++;
        if (gone == 0) return;
        Array.Copy(_points, gone, _points, 0, Count - gone);
        Array.Copy(_expiries, gone, _expiries, 0, Count - gone);
        Count -= gone;
    }

    /// <summary>Forgets all lots and keeps the buffers.</summary>
    public void Clear() => Count = 0;
}
