namespace LineRec;

/// <summary>
/// Exact item-to-item co-occurrence: C[i, j] = Σ over users of activity^-alpha × c_ui × c_uj, where c is the greatest weight of a user's events
/// with an item and activity the number of the user's items. Row i holds C[i, j] / √C[i, i]; the diagonal is kept apart.
/// </summary>
internal sealed class CoOccurrence
{
    /// <summary>Above this many pairs (Σ over users of items²) only each user's newest items count, as many as keep it under.</summary>
    private const long PairBudget = 1L << 28;

    private readonly int[][] _columns;
    private readonly float[][] _values;

    private CoOccurrence(int itemCount) => (_columns, _values, Diagonal) = (new int[itemCount][], new float[itemCount][], new double[itemCount]);

    /// <summary>C[i, i]: the weighted number of users of each item.</summary>
    public double[] Diagonal { get; }

    public ReadOnlySpan<int> ColumnsOf(int row) => _columns[row];

    /// <summary>C[row, j] / √C[row, row] for each of <see cref="ColumnsOf"/>, the row itself left out.</summary>
    public ReadOnlySpan<float> ValuesOf(int row) => _values[row];

    /// <summary>Counts. O(Σ over users of items²) time, 8 bytes a pair that occurs.</summary>
    public static CoOccurrence Count(InteractionTable events, int itemCount, EventWeights weights, double alpha)
    {
        var users = UserItems.Gather(events, weights, PairBudget);
        var items = users.Transpose(itemCount);
        var counts = new CoOccurrence(itemCount);
        var activity = new double[events.UserCount];
        for (int user = 0; user < activity.Length; user++) activity[user] = Math.Pow(Math.Max(1, users.Of(user).Length), -alpha);
        Parallel.For(
            0,
            itemCount,
            () => (Sums: new float[itemCount], Touched: new int[itemCount]),
            (row, _, scratch) =>
            {
                counts.CountRow(row, users, items, activity, scratch.Sums, scratch.Touched);
                return scratch;
            },
            _ => { });
        return counts;
    }

    private void CountRow(int row, UserItems users, UserItems items, double[] activity, float[] sums, int[] touched)
    {
        int count = 0;
        foreach (int entry in items.Range(row))
        {
            int user = items.Others[entry];
            float weight = (float)(items.Weights[entry] * activity[user]);
            foreach (int own in users.Range(user))
            {
                int other = users.Others[own];
                if (sums[other] == 0f) touched[count++] = other;
                sums[other] += weight * users.Weights[own];
            }
        }

        Diagonal[row] = sums[row];
        float scale = sums[row] > 0f ? 1f / MathF.Sqrt(sums[row]) : 0f;
        var (columns, values) = (new int[Math.Max(0, count - 1)], new float[Math.Max(0, count - 1)]);
        int kept = 0;
        for (int t = 0; t < count; t++)
        {
            int other = touched[t];
            if (other != row) (columns[kept], values[kept++]) = (other, sums[other] * scale);
            sums[other] = 0f;
        }

        (_columns[row], _values[row]) = (columns, values);
    }
}
