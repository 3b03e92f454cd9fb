namespace LineRec.Training;

/// <summary>How often each item was a positive, and the lengths that item vectors get from it.</summary>
internal static class Popularity
{
    /// <summary>Counts the positive events of each item within a span of time, the end exclusive. O(events).</summary>
    public static int[] Count(InteractionTable events, TwoTowerOptions options, int itemCount, long from, long to)
    {
        var counts = new int[itemCount];
        for (int i = 0; i < events.Count; i++)
        {
            if (events.Times[i] >= from && events.Times[i] < to && TwoTowerExamples.WeightOf(options, events.Types[i]) > 0) counts[events.Rows[i]]++;
        }

        return counts;
    }

    /// <summary>max(count, 1)^exponent.</summary>
    public static float[] Scales(int[] counts, double exponent) => [.. counts.Select(c => (float)Math.Pow(Math.Max(c, 1), exponent))];

    /// <summary>The items that training learns something of: those of any positive or pooled event before a time.</summary>
    public static int[] Trained(InteractionTable events, TwoTowerOptions options, int itemCount, long to)
    {
        var seen = new bool[itemCount];
        var pooled = options.HistoryPooling.TypeWeights;
        for (int i = 0; i < events.Count; i++)
        {
            int type = (int)events.Types[i];
            if (events.Times[i] < to && (TwoTowerExamples.WeightOf(options, events.Types[i]) > 0 || (type < pooled.Count && pooled[type] > 0))) seen[events.Rows[i]] = true;
        }

        return [.. Enumerable.Range(0, itemCount).Where(i => seen[i])];
    }
}
