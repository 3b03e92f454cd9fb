namespace LineRec.Retrieval;

/// <summary>
/// What co-occurrence is counted over: each user's entries (distinct items, or with a window single events in time order) and, the other
/// way round, where each item's entries are.
/// </summary>
internal sealed class CountedEvents
{
    private CountedEvents(int[] userOffsets, int[] rows, float[] weights, long[] times, int itemCount)
    {
        (UserOffsets, Rows, Weights, Times) = (userOffsets, rows, weights, times);
        ItemOffsets = new int[itemCount + 1];
        foreach (int row in rows) ItemOffsets[row + 1]++;
        for (int i = 0; i < itemCount; i++) ItemOffsets[i + 1] += ItemOffsets[i];
        (EntriesByItem, UsersByItem) = (new int[rows.Length], new int[rows.Length]);
        int[] next = ItemOffsets[..^1];
        for (int user = 0; user < userOffsets.Length - 1; user++)
        {
            for (int entry = userOffsets[user]; entry < userOffsets[user + 1]; entry++)
            {
                int at = next[rows[entry]]++;
                (EntriesByItem[at], UsersByItem[at]) = (entry, user);
            }
        }
    }

    /// <summary>User u's entries are at [UserOffsets[u], UserOffsets[u + 1]).</summary>
    public int[] UserOffsets { get; }

    /// <summary>Each entry's item.</summary>
    public int[] Rows { get; }

    /// <summary>Each entry's weight.</summary>
    public float[] Weights { get; }

    /// <summary>Each entry's time; for events only.</summary>
    public long[] Times { get; }

    /// <summary>Item i's entries are at [ItemOffsets[i], ItemOffsets[i + 1]) of <see cref="EntriesByItem"/>.</summary>
    public int[] ItemOffsets { get; }

    public int[] EntriesByItem { get; }

    /// <summary>The user of each of <see cref="EntriesByItem"/>.</summary>
    public int[] UsersByItem { get; }

    public int UserCount => UserOffsets.Length - 1;

    /// <summary>Each user's newest events that weigh something, in time order.</summary>
    public static CountedEvents Events(InteractionTable table, int itemCount, ItemToItemBuilderOptions options)
    {
        var (offsets, rows, weights, times) = (new int[table.UserCount + 1], new List<int>(), new List<float>(), new List<long>());
        for (int user = 0; user < table.UserCount; user++)
        {
            int start = rows.Count;
            for (int e = table.Offsets[user + 1] - 1; e >= table.Offsets[user] && rows.Count - start < options.MaxItemsPerUser; e--)
            {
                float weight = WeightOf(table, e, options);
                if (weight == 0f) continue;
                rows.Add(table.Rows[e]);
                weights.Add(weight);
                times.Add(table.Times[e]);
            }

            rows.Reverse(start, rows.Count - start);
            weights.Reverse(start, weights.Count - start);
            times.Reverse(start, times.Count - start);
            offsets[user + 1] = rows.Count;
        }

        return new CountedEvents(offsets, [.. rows], [.. weights], [.. times], itemCount);
    }

    /// <summary>Each user's newest distinct items, with the weight of the weightiest event.</summary>
    public static CountedEvents Items(InteractionTable table, int itemCount, ItemToItemBuilderOptions options)
    {
        var (offsets, rows, weights) = (new int[table.UserCount + 1], new List<int>(), new List<float>());
        var places = new Dictionary<int, int>();
        for (int user = 0; user < table.UserCount; user++)
        {
            places.Clear();
            for (int e = table.Offsets[user + 1] - 1; e >= table.Offsets[user]; e--)
            {
                float weight = WeightOf(table, e, options);
                if (weight == 0f) continue;
                if (places.TryGetValue(table.Rows[e], out int place))
                {
                    weights[place] = Math.Max(weights[place], weight);
                }
                else if (places.Count < options.MaxItemsPerUser)
                {
                    places.Add(table.Rows[e], rows.Count);
                    rows.Add(table.Rows[e]);
                    weights.Add(weight);
                }
            }

            offsets[user + 1] = rows.Count;
        }

        return new CountedEvents(offsets, [.. rows], [.. weights], [], itemCount);
    }

    private static float WeightOf(InteractionTable table, int e, ItemToItemBuilderOptions options)
    {
        int type = (int)table.Types[e];
        return type < options.TypeWeights.Count ? options.TypeWeights[type] : 0f;
    }
}
