namespace LineRec.Preparation;

/// <summary>
/// A matrix [rows, width] that several processes compute, each its share of the rows, and one joins. Shares are whole blocks of rows, and an encoder is called with the same blocks however many shares there
/// are: so one whose last bits depend on the size of a batch, as those of neural networks do, still gives the same matrix.
/// </summary>
public static class ShardedRows
{
    /// <summary>Rows of a block, unless told otherwise.</summary>
    public const int DefaultBlockRows = 1024;

    /// <summary>Computes one share of the rows.</summary>
    /// <param name="path">The .npy file of the share; it appears under its name when it is complete.</param>
    /// <param name="rows">Rows of the whole matrix.</param>
    /// <param name="width">Values a row, 1 or more.</param>
    /// <param name="shard">Which share, 0 to <paramref name="shardCount"/> - 1.</param>
    /// <param name="shardCount">How many shares there are.</param>
    /// <param name="encode">Called with one block after the other.</param>
    /// <param name="blockRows">Rows of a block, 1 or more, the same for all shares.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static void Write(string path, int rows, int width, int shard, int shardCount, RowEncoder encode, int blockRows = DefaultBlockRows)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shardCount);
        ArgumentOutOfRangeException.ThrowIfNegative(shard);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(shard, shardCount);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(blockRows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        long blocks = ((long)rows + blockRows - 1) / blockRows;
        int from = (int)Math.Min(rows, blocks * shard / shardCount * blockRows), to = (int)Math.Min(rows, blocks * (shard + 1) / shardCount * blockRows);
        var values = new float[checked(Math.Min(blockRows, to - from) * width)];
        using var file = new PartialFile(path);
        using (var writer = new NpyWriter<float>(file.Path, to - from, width))
        {
            for (int first = from; first < to; first += blockRows)
            {
                var block = values.AsSpan(0, Math.Min(blockRows, to - first) * width);
                encode(first, block.Length / width, block);
                writer.Write(block);
            }

            writer.Complete();
        }

        file.Complete();
    }

    /// <summary>Puts the shares one after the other.</summary>
    /// <param name="path">The .npy file of the whole matrix.</param>
    /// <param name="parts">The files of all shares, in their order.</param>
    /// <exception cref="ArgumentException">No share is given, or they differ in width.</exception>
    /// <exception cref="InvalidDataException">A file isn't a .npy matrix of floats.</exception>
    public static void Join(string path, IReadOnlyList<string> parts)
    {
        if (parts.Count == 0) throw new ArgumentException("No share is given. Name the files that the shards wrote, in their order.", nameof(parts));
        NpyMatrix<float>[] shares = [.. parts.Select(NpyMatrix<float>.Open)];
        try
        {
            int width = shares[0].Columns;
            if (shares.FirstOrDefault(s => s.Columns != width) is { } other)
                throw new ArgumentException($"The shares differ: '{parts[0]}' has {width} values a row, '{parts[Array.IndexOf(shares, other)]}' {other.Columns}. Compute all with the same encoder.", nameof(parts));
            using var file = new PartialFile(path);
            using (var writer = new NpyWriter<float>(file.Path, checked(shares.Sum(s => s.Rows)), width))
            {
                foreach (var share in shares)
                {
                    for (int row = 0; row < share.Rows; row++) writer.Write(share[row]);
                }

                writer.Complete();
            }

            file.Complete();
        }
        finally
        {
            foreach (var share in shares) share.Dispose();
        }
    }
}
