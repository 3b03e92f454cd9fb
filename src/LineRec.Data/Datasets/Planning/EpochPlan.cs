namespace LineRec.Data;

/// <summary>Cuts the row groups of an epoch into the windows of one shard.</summary>
internal static class EpochPlan
{
    // Windows are shuffled by numbers from 0; the order of row groups by one that no window has.
    private const int OrderOfGroups = -1;

    /// <summary>The windows of an epoch. O(row groups).</summary>
    public static IReadOnlyList<Window> Windows(IReadOnlyList<RowGroup> groups, DatasetOptions options, int epoch)
    {
        int[] order = [.. Enumerable.Range(0, groups.Count)];
        if (options.ShuffleRows > 0) SplitMix64.For(options.Seed, epoch, OrderOfGroups).Permutation(order);

        // A shard is a run of rows of the shuffled row groups: shards differ by a row at most, however few row groups there are.
        long total = groups.Sum(g => (long)g.Rows);
        long from = Share(total, options.Shard, options.ShardCount), to = Share(total, options.Shard + 1, options.ShardCount), at = 0;
        var windows = new List<Window>();
        var pieces = new List<Piece>();
        int rows = 0;
        foreach (int number in order)
        {
            var group = groups[number];
            long first = Math.Max(from, at), last = Math.Min(to, at + group.Rows);
            if (first < last)
            {
                pieces.Add(new Piece(group, (int)(first - at), (int)(last - first)));
                rows += (int)(last - first);
                if (rows >= options.ShuffleRows) Close();
            }

            at += group.Rows;
        }

        if (pieces.Count > 0) Close();
        if (windows.Count > 0) windows[^1] = windows[^1] with { IsLast = true };
        return windows;

        void Close()
        {
            windows.Add(new Window(epoch, windows.Count, [.. pieces], IsLast: false));
            pieces.Clear();
            rows = 0;
        }
    }

    /// <summary>No window of any epoch takes more than this: the costliest rows together, and one more row group. O(row groups log row groups).</summary>
    public static long MostBytes(IReadOnlyList<RowGroup> groups, int shuffleRows)
    {
        if (groups.Count == 0) return 0;
        double sum = 0;
        long rows = shuffleRows;
        foreach (var group in groups.Where(g => g.Rows > 0).OrderByDescending(g => (double)g.MemoryBytes / g.Rows))
        {
            long taken = Math.Min(rows, group.Rows);
            sum += (double)group.MemoryBytes * taken / group.Rows;
            rows -= taken;
            if (rows == 0) break;
        }

        long all = groups.Sum(g => g.MemoryBytes);
        return Math.Min(all, (long)sum + groups.Max(g => g.MemoryBytes)) + groups.Max(g => g.DecodingBytes);
    }

    private static long Share(long total, int shard, int shards) => (long)((Int128)total * shard / shards);
}
