namespace LineRec.Training;

/// <summary>Which items share users, and by how much: Σ over common users of (their number of items)^-power.</summary>
/// <remarks>Time: Σ over users of (items squared). Memory: 8 bytes a neighbour.</remarks>
internal sealed class ItemCfNeighbours
{
    private readonly int[][] _items;
    private readonly float[][] _weights;

    public ItemCfNeighbours(InteractionMatrix train, double activityPower, int maxNeighbours, Workers workers)
    {
        (_items, _weights) = (new int[train.ItemCount][], new float[train.ItemCount][]);
        float[] activity = [.. Enumerable.Range(0, train.UserCount).Select(u => (float)Math.Pow(Math.Max(1, train.ItemsOf(u).Length), -activityPower))];
        const int Chunk = 256;
        workers.For((train.ItemCount + Chunk - 1) / Chunk, part =>
        {
            var sums = new float[train.ItemCount];
            var touched = new List<int>();
            for (int item = part * Chunk; item < Math.Min(train.ItemCount, (part + 1) * Chunk); item++)
            {
                AddUp(train, activity, item, sums, touched);
                Keep(train, item, sums, touched, maxNeighbours);
            }
        });
    }

    public ReadOnlySpan<int> ItemsOf(int item) => _items[item];

    public ReadOnlySpan<float> WeightsOf(int item) => _weights[item];

    private static void AddUp(InteractionMatrix train, float[] activity, int item, float[] sums, List<int> touched)
    {
        foreach (int user in train.UsersOf(item))
        {
            foreach (int other in train.ItemsOf(user))
            {
                if (other == item) continue;
                if (sums[other] == 0) touched.Add(other);
                sums[other] += activity[user];
            }
        }
    }

    // Keeps the neighbours of the highest cosine, in ascending order, and clears the sums.
    private void Keep(InteractionMatrix train, int item, float[] sums, List<int> touched, int maxNeighbours)
    {
        int[] kept = [.. touched];
        if (kept.Length > maxNeighbours)
        {
            kept = [.. kept.OrderByDescending(j => sums[j] / MathF.Sqrt(train.UsersOf(j).Length)).ThenBy(j => j).Take(maxNeighbours)];
        }

        Array.Sort(kept);
        (_items[item], _weights[item]) = (kept, [.. kept.Select(j => sums[j])]);
        foreach (int other in touched) sums[other] = 0;
        touched.Clear();
    }
}
