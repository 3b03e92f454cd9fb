using System.Runtime.InteropServices;

namespace LineRec.Features;

/// <summary>
/// Counts, for each pair of user and item, the days with an event: first, last, how many. About 40 bytes a distinct pair. A pair's
/// events are expected oldest first; one of an earlier day than the last counts as no new day.
/// </summary>
internal sealed class RepeatCounter
{
    private readonly Dictionary<ulong, Days> _pairs = [];

    internal void Add(int user, int row, int day)
    {
        ref var days = ref CollectionsMarshal.GetValueRefOrAddDefault(_pairs, ((ulong)(uint)user << 32) | (uint)row, out bool known);
        if (!known) days = new Days { First = day, Last = day, Count = 1 };
        else if (day > days.Last) (days.Last, days.Count) = (day, days.Count + 1);
    }

    internal RepeatStatistics Summarise(int items)
    {
        var result = new RepeatStatistics(new int[items], new int[items], new int[items], new long[items]);
        foreach (var (pair, days) in _pairs)
        {
            int row = (int)(uint)pair;
            result.Users[row]++;
            if (days.Count < 2) continue;
            result.Repeaters[row]++;
            result.Gaps[row] += days.Count - 1;
            result.GapDays[row] += days.Last - days.First;
        }

        return result;
    }

    private struct Days
    {
        public int First;
        public int Last;
        public int Count;
    }
}
