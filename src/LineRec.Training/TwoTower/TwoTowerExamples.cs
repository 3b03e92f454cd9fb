namespace LineRec.Training;

/// <summary>
/// What a two-tower model learns from: moments of users, each with the events before it (the history) and the items that the user
/// chose then (the positives). One moment may have many positives, the lines of a basket say; they share the work on the user.
/// </summary>
/// <remarks>Immutable and thread-safe. History ends are indexes into the events' columns; the histories themselves aren't copied.</remarks>
internal sealed class TwoTowerExamples
{
    private TwoTowerExamples(int[] users, int[] historyEnds, int[] offsets, int[] items, float[] weights) =>
        (Users, HistoryEnds, Offsets, Items, Weights) = (users, historyEnds, offsets, items, weights);

    public int Count => Users.Length;

    /// <summary>The user of each example.</summary>
    public int[] Users { get; }

    /// <summary>Where each example's history ends, exclusive; it starts at the user's first event.</summary>
    public int[] HistoryEnds { get; }

    /// <summary>Example e's positives are at [Offsets[e], Offsets[e + 1]).</summary>
    public int[] Offsets { get; }

    /// <summary>The positives' rows, distinct within an example.</summary>
    public int[] Items { get; }

    /// <summary>The positives' weights.</summary>
    public float[] Weights { get; }

    /// <summary>Finds the moments within a span of time. Those whose history pools nothing are left out.</summary>
    /// <param name="events">All events.</param>
    /// <param name="options">What is a positive.</param>
    /// <param name="from">Inclusive start in milliseconds since 1970.</param>
    /// <param name="to">Exclusive end; positives too come before it.</param>
    public static TwoTowerExamples Find(InteractionTable events, TwoTowerOptions options, long from, long to)
    {
        List<int> users = [], ends = [], offsets = [0], items = [];
        List<float> weights = [];
        long window = (long)options.TargetWindow.TotalMilliseconds;
        for (int user = 0; user < events.UserCount; user++)
        {
            int first = events.Offsets[user], end = events.Offsets[user + 1], found = 0;
            while (end > first && events.Times[end - 1] >= to) end--;
            for (int last = end, moment; last > first && found < options.MaxExamplesPerUser; last = moment) // newest first
            {
                moment = last - 1;
                long time = events.Times[moment];
                while (moment > first && events.Times[moment - 1] == time) moment--;
                if (time < from) break;
                if (!Pools(events, options, first, moment)) continue;
                int before = items.Count;
                for (int at = moment; at < end && events.Times[at] <= time + window; at++)
                {
                    float weight = WeightOf(options, events.Types[at]);
                    if (weight == 0 || (options.ExcludeRepeats && events.Rows.AsSpan(first, moment - first).Contains(events.Rows[at]))) continue;
                    int known = items.IndexOf(events.Rows[at], before);
                    if (known >= 0)
                    {
                        weights[known] = Math.Max(weights[known], weight);
                        continue;
                    }

                    items.Add(events.Rows[at]);
                    weights.Add(weight);
                }

                if (items.Count == before) continue;
                users.Add(user);
                ends.Add(moment);
                offsets.Add(items.Count);
                found++;
            }
        }

        return new TwoTowerExamples([.. users], [.. ends], [.. offsets], [.. items], [.. weights]);
    }

    /// <summary>An even, seeded draw of at most so many examples.</summary>
    public TwoTowerExamples Sample(int most, int seed)
    {
        if (Count <= most) return this;
        int[] drawn = [.. Enumerable.Range(0, Count)];
        new Random(seed).Shuffle(drawn);
        Array.Resize(ref drawn, most);
        Array.Sort(drawn);
        return Take(drawn);
    }

    /// <summary>The examples of some numbers, in that order.</summary>
    public TwoTowerExamples Take(int[] picked)
    {
        var offsets = new int[picked.Length + 1];
        for (int i = 0; i < picked.Length; i++) offsets[i + 1] = offsets[i] + Offsets[picked[i] + 1] - Offsets[picked[i]];
        var all = picked.SelectMany(e => Enumerable.Range(Offsets[e], Offsets[e + 1] - Offsets[e])).ToArray();
        return new TwoTowerExamples([.. picked.Select(e => Users[e])], [.. picked.Select(e => HistoryEnds[e])], offsets, [.. all.Select(p => Items[p])], [.. all.Select(p => Weights[p])]);
    }

    /// <summary>The weight of an event as a positive.</summary>
    public static float WeightOf(TwoTowerOptions options, EventType type) => (int)type < options.PositiveWeights.Count ? options.PositiveWeights[(int)type] : 0f;

    private static bool Pools(InteractionTable events, TwoTowerOptions options, int first, int end)
    {
        var weights = options.HistoryPooling.TypeWeights;
        for (int at = end - 1; at >= first; at--)
        {
            if ((int)events.Types[at] < weights.Count && weights[(int)events.Types[at]] > 0) return true;
        }

        return false;
    }
}
