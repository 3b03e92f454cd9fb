namespace LineRec;

/// <summary>The distinct items of each user with their greatest event weight, as compressed rows; transposed, the users of each item.</summary>
internal sealed class UserItems(int[] offsets, int[] others, float[] weights)
{
    public int[] Others => others;

    public float[] Weights => weights;

    public RowRange Range(int row) => new(offsets[row], offsets[row + 1]);

    public ReadOnlySpan<int> Of(int row) => others.AsSpan(offsets[row], offsets[row + 1] - offsets[row]);

    /// <summary>Gathers them, newest first within a user.</summary>
    /// <param name="events">The log.</param>
    /// <param name="eventWeights">How much each type counts.</param>
    /// <param name="pairBudget">Σ items² stays under it: beyond, only each user's newest items are kept.</param>
    public static UserItems Gather(InteractionTable events, EventWeights eventWeights, long pairBudget)
    {
        var (offsets, others, weights) = (new int[events.UserCount + 1], new List<int>(), new List<float>());
        var places = new Dictionary<int, int>();
        for (int user = 0; user < events.UserCount; user++)
        {
            places.Clear();
            for (int i = events.Offsets[user + 1] - 1; i >= events.Offsets[user]; i--)
            {
                float weight = eventWeights.Of(events.Types[i]);
                int row = events.Rows[i];
                if (weight == 0f || row < 0) continue;
                if (places.TryGetValue(row, out int place))
                {
                    weights[place] = Math.Max(weights[place], weight);
                    continue;
                }

                places.Add(row, others.Count);
                others.Add(row);
                weights.Add(weight);
            }

            offsets[user + 1] = others.Count;
        }

        return new UserItems(offsets, [.. others], [.. weights]).Cap(pairBudget);
    }

    public UserItems Transpose(int count)
    {
        var starts = new int[count + 1];
        foreach (int other in others) starts[other + 1]++;
        for (int i = 0; i < count; i++) starts[i + 1] += starts[i];
        var (next, from, values) = (starts[..^1], new int[others.Length], new float[others.Length]);
        for (int row = 0; row < offsets.Length - 1; row++)
        {
            foreach (int entry in Range(row))
            {
                int place = next[others[entry]]++;
                (from[place], values[place]) = (row, weights[entry]);
            }
        }

        return new UserItems(starts, from, values);
    }

    private UserItems Cap(long pairBudget)
    {
        int cap = int.MaxValue;
        while (Pairs(cap) > pairBudget) cap = cap == int.MaxValue ? 1 << 12 : cap / 2;
        if (cap == int.MaxValue) return this;
        var (starts, kept, values) = (new int[offsets.Length], new List<int>(), new List<float>());
        for (int row = 0; row < offsets.Length - 1; row++)
        {
            int length = Math.Min(cap, offsets[row + 1] - offsets[row]);
            kept.AddRange(others.AsSpan(offsets[row], length));
            values.AddRange(weights.AsSpan(offsets[row], length));
            starts[row + 1] = kept.Count;
        }

        return new UserItems(starts, [.. kept], [.. values]);
    }

    private long Pairs(int cap)
    {
        long pairs = 0;
        for (int row = 0; row < offsets.Length - 1; row++)
        {
            long length = Math.Min(cap, offsets[row + 1] - offsets[row]);
            pairs += length * length;
        }

        return pairs;
    }
}

/// <summary>Entry numbers from a start to an end, for foreach.</summary>
internal readonly record struct RowRange(int Start, int End)
{
    public Enumerator GetEnumerator() => new(Start - 1, End);

    internal struct Enumerator(int current, int end)
    {
        public int Current { get; private set; } = current;

        public bool MoveNext() => ++Current < end;
    }
}
