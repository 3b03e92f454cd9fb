using System.Buffers;
using System.Numerics;

namespace LineRec;

/// <summary>Keeps back items of the user's own history: those with an event of one type within a time.</summary>
internal sealed class HistoryFilter(EventType type, TimeSpan within) : IFilter
{
    public ValueTask FilterAsync(RequestContext context, CandidateTable candidates, CancellationToken cancellationToken)
    {
        var history = context.History;
        if (history.Count == 0) return ValueTask.CompletedTask;
        long since = within == Timeout.InfiniteTimeSpan ? long.MinValue : context.UnixMilliseconds - (long)within.TotalMilliseconds;
        int size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, history.Count * 2));
        int[] rented = ArrayPool<int>.Shared.Rent(size);
        var slots = rented.AsSpan(0, size); // open addressing, row + 1
        slots.Clear();
        var types = history.Types;
        var times = history.Times;
        var rows = history.Rows;
        for (int i = history.Count - 1; i >= 0 && times[i] >= since; i--)
        {
            if (types[i] == type) slots[Find(slots, rows[i])] = rows[i] + 1;
        }

        for (int i = 0; i < candidates.Count; i++)
        {
            if (slots[Find(slots, candidates.Rows[i])] != 0) candidates.Remove(i);
        }

        ArrayPool<int>.Shared.Return(rented);
        return ValueTask.CompletedTask;
    }

    /// <summary>The slot of a row, or the empty one where it belongs.</summary>
    private static int Find(ReadOnlySpan<int> slots, int row)
    {
        int mask = slots.Length - 1;
        int slot = (int)((uint)row * 2654435769u >> 7) & mask;
        while (slots[slot] != 0 && slots[slot] != row + 1) slot = (slot + 1) & mask;
        return slot;
    }
}
