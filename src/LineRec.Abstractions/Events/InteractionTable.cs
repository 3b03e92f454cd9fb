namespace LineRec;

/// <summary>
/// Events of many users against one catalog, as columns, grouped by user and oldest first within a user.
/// Counting models (item-to-item, charts) and trainers read it.
/// </summary>
/// <remarks>Immutable and thread-safe. 17 bytes an event and the user ids.</remarks>
public sealed class InteractionTable
{
    /// <summary>Wraps columns; they are not copied and must not change afterwards.</summary>
    /// <param name="userIds">The users, in any order.</param>
    /// <param name="offsets">User u's events are at [offsets[u], offsets[u + 1]); one longer than <paramref name="userIds"/>.</param>
    /// <param name="rows">Each event's catalog row.</param>
    /// <param name="types">Each event's type.</param>
    /// <param name="times">Each event's time in milliseconds since 1970-01-01 UTC, ascending within a user.</param>
    /// <exception cref="ArgumentException">The columns' lengths don't fit each other.</exception>
    public InteractionTable(string[] userIds, int[] offsets, int[] rows, EventType[] types, long[] times)
    {
        if (offsets.Length != userIds.Length + 1 || offsets[0] != 0 || offsets[^1] != rows.Length)
            throw new ArgumentException($"Offsets must hold {userIds.Length + 1} values from 0 to {rows.Length}.", nameof(offsets));
        if (types.Length != rows.Length || times.Length != rows.Length)
            throw new ArgumentException($"Rows ({rows.Length}), types ({types.Length}) and times ({times.Length}) must be of equal length.", nameof(types));
        (UserIds, Offsets, Rows, Types, Times) = (userIds, offsets, rows, types, times);
    }

    /// <summary>The users' ids.</summary>
    public string[] UserIds { get; }

    /// <summary>User u's events are at [Offsets[u], Offsets[u + 1]).</summary>
    public int[] Offsets { get; }

    /// <summary>Each event's catalog row.</summary>
    public int[] Rows { get; }

    /// <summary>Each event's type.</summary>
    public EventType[] Types { get; }

    /// <summary>Each event's time in milliseconds since 1970-01-01 UTC.</summary>
    public long[] Times { get; }

    /// <summary>How many users there are.</summary>
    public int UserCount => UserIds.Length;

    /// <summary>How many events there are.</summary>
    public int Count => Rows.Length;

    /// <summary>The events strictly before an instant; users without any stay, with no event.</summary>
    /// <param name="time">The instant.</param>
    public InteractionTable Before(DateTimeOffset time) => Where(DateTimeOffset.MinValue, time);

    /// <summary>The events with from ≤ time &lt; to; users without any stay, with no event. O(events).</summary>
    /// <param name="from">Inclusive start.</param>
    /// <param name="to">Exclusive end.</param>
    public InteractionTable Where(DateTimeOffset from, DateTimeOffset to)
    {
        long first = from.ToUnixTimeMilliseconds(), end = to.ToUnixTimeMilliseconds();
        var offsets = new int[Offsets.Length];
        for (int user = 0; user < UserCount; user++)
        {
            var times = Times.AsSpan(Offsets[user], Offsets[user + 1] - Offsets[user]);
            offsets[user + 1] = offsets[user] + LowerBound(times, end) - LowerBound(times, first);
        }

        var (rows, types, kept) = (new int[offsets[^1]], new EventType[offsets[^1]], new long[offsets[^1]]);
        for (int user = 0; user < UserCount; user++)
        {
            int start = Offsets[user] + LowerBound(Times.AsSpan(Offsets[user], Offsets[user + 1] - Offsets[user]), first);
            int length = offsets[user + 1] - offsets[user], to0 = offsets[user];
            Array.Copy(Rows, start, rows, to0, length);
            Array.Copy(Types, start, types, to0, length);
            Array.Copy(Times, start, kept, to0, length);
        }

        return new InteractionTable(UserIds, offsets, rows, types, kept);
    }

    /// <summary>The events that aren't of a type; users without any stay, with no event. O(events).</summary>
    /// <param name="type">The type to leave out.</param>
    public InteractionTable Without(EventType type)
    {
        int kept = Count - Types.AsSpan().Count(type);
        var (rows, types, times) = (new int[kept], new EventType[kept], new long[kept]);
        var offsets = new int[Offsets.Length];
        int to = 0;
        for (int user = 0; user < UserCount; user++)
        {
            for (int i = Offsets[user]; i < Offsets[user + 1]; i++)
            {
                if (Types[i] == type) continue;
                (rows[to], types[to], times[to]) = (Rows[i], Types[i], Times[i]);
                to++;
            }

            offsets[user + 1] = to;
        }

        return new InteractionTable(UserIds, offsets, rows, types, times);
    }

    private static int LowerBound(ReadOnlySpan<long> times, long time)
    {
        int low = 0, high = times.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (times[middle] < time) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
