using System.Numerics;

namespace LineRec;

/// <summary>
/// Merges the sources' candidates: each item once, scored by reciprocal rank fusion, Σ 1 / (60 + rank) over its sources. The result
/// doesn't depend on the order in which sources arrived. G. V. Cormack, C. L. A. Clarke, S. Büttcher, SIGIR 2009.
/// </summary>
internal sealed class CandidateMerger
{
    private const float RankOffset = 60f;

    /// <summary>Open addressing, row → candidate index + 1; a power of two at least twice the candidates.</summary>
    private int[] _slots = [];

    public void Merge(ReadOnlySpan<CandidateSink> sinks, CandidateTable candidates)
    {
        int total = 0;
        foreach (var sink in sinks) total += sink.Count;
        int size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, total * 2));
        if (_slots.Length < size) _slots = new int[size];
        var slots = _slots.AsSpan(0, size);
        slots.Clear();
        candidates.Clear();
        for (int source = 0; source < sinks.Length; source++)
        {
            var rows = sinks[source].Rows;
            var scores = sinks[source].Scores;
            for (int rank = 0; rank < rows.Length; rank++)
            {
                int index = FindOrAdd(slots, rows[rank], candidates);
                candidates.AddOrigin(index, source, scores[rank]);
                candidates.Scores[index] += 1f / (RankOffset + rank + 1);
            }
        }

        candidates.Sort();
    }

    private static int FindOrAdd(Span<int> slots, int row, CandidateTable candidates)
    {
        int mask = slots.Length - 1;
        int slot = (int)((uint)row * 2654435769u >> 7) & mask;
        while (true)
        {
            int index = slots[slot] - 1;
            if (index < 0)
            {
                index = candidates.Add(row, 0f, 0);
                slots[slot] = index + 1;
                return index;
            }

            if (candidates.Rows[index] == row) return index;
            slot = (slot + 1) & mask;
        }
    }
}
