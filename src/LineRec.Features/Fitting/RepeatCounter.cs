using System.Runtime.InteropServices;

namespace LineRec.Features;

/// <summary>
/// Holds, for each pair of user and item, the distinct days with an event, in whatever order events come. About 30 bytes a distinct pair, and
/// about 60 more for one with several days.
/// </summary>
internal sealed class RepeatCounter
{
    private readonly Dictionary<ulong, Days> _pairs = [];

    internal void Add(int user, int row, int day) => Add(((ulong)(uint)user << 32) | (uint)row, day);

    /// <summary>Adds the days of another part of the log.</summary>
    internal void Add(RepeatCounter other)
    {
        foreach (var (pair, days) in other._pairs)
        {
            for (int i = 0; i < days.Count; i++) Add(pair, days[i]);
        }
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
            result.GapDays[row] += days[days.Count - 1] - days[0];
        }

        return result;
    }

    /// <summary>Writes pairs in ascending order, each with its days as differences. O(pairs log pairs).</summary>
    internal void Write(BinaryWriter writer)
    {
        writer.Write(_pairs.Count);
        foreach (ulong pair in _pairs.Keys.Order())
        {
            var days = _pairs[pair];
            writer.Write(pair);
            writer.Write7BitEncodedInt(days.Count);
            writer.Write(days[0]);
            for (int i = 1; i < days.Count; i++) writer.Write7BitEncodedInt(days[i] - days[i - 1]);
        }
    }

    /// <summary>Adds what another counter wrote.</summary>
    internal void AddFrom(BinaryReader reader)
    {
        for (int pairs = reader.ReadInt32(); pairs > 0; pairs--)
        {
            ulong pair = reader.ReadUInt64();
            int count = reader.Read7BitEncodedInt(), day = reader.ReadInt32();
            Add(pair, day);
            for (int i = 1; i < count; i++) Add(pair, day += reader.Read7BitEncodedInt());
        }
    }

    private void Add(ulong pair, int day)
    {
        ref var days = ref CollectionsMarshal.GetValueRefOrAddDefault(_pairs, pair, out bool known);
        if (known) days.Add(day);
        else days = new Days(day);
    }

    /// <summary>Distinct days in ascending order; a list only where there are several.</summary>
    private struct Days(int day)
    {
        private List<int>? _all;

        internal readonly int Count => _all?.Count ?? 1;

        internal readonly int this[int index] => _all is null ? day : _all[index];

        internal void Add(int another)
        {
            if (_all is null)
            {
                if (another != day) _all = [Math.Min(day, another), Math.Max(day, another)];
                return;
            }

            int at = another > _all[^1] ? ~_all.Count : _all.BinarySearch(another);
            if (at < 0) _all.Insert(~at, another);
        }
    }
}
