namespace LineRec.Preparation.Tests.Sharding;

public sealed class ShardedRowsTests : IDisposable
{
    private const int Width = 3;
    private const int Block = 8;

    private readonly string _folder = Directory.CreateTempSubdirectory("linerec-rows").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(61)]
    public void Shares_joined_are_the_whole_whatever_depends_on_the_block(int rows)
    {
        byte[] whole = Compute(rows, 1);

        Assert.Equal(whole, Compute(rows, 2));
        Assert.Equal(whole, Compute(rows, 3));
        Assert.Equal(whole, Compute(rows, 20)); // more shares than blocks: some are empty
    }

    [Fact]
    public void Shares_of_different_encoders_are_refused_by_name()
    {
        string[] parts = [Path.Combine(_folder, "0.npy"), Path.Combine(_folder, "1.npy")];
        ShardedRows.Write(parts[0], 20, 3, 0, 2, (_, _, values) => values.Clear(), Block);
        ShardedRows.Write(parts[1], 20, 4, 1, 2, (_, _, values) => values.Clear(), Block);

        var error = Assert.Throws<ArgumentException>(() => ShardedRows.Join(Path.Combine(_folder, "all.npy"), parts));

        Assert.Contains(parts[1], error.Message, StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFiles(_folder).Length);
    }

    [Fact]
    public void A_share_that_fails_leaves_no_file()
    {
        Assert.Throws<IOException>(() => ShardedRows.Write(Path.Combine(_folder, "0.npy"), 20, 3, 0, 1, (_, _, _) => throw new IOException(), Block));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData(0, 0, 3, 8)]
    [InlineData(2, 2, 3, 8)]
    [InlineData(-1, 2, 3, 8)]
    [InlineData(0, 1, 0, 8)]
    [InlineData(0, 1, 3, 0)]
    public void A_share_out_of_range_is_refused(int shard, int shards, int width, int block) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ShardedRows.Write(Path.Combine(_folder, "0.npy"), 20, width, shard, shards, (_, _, _) => { }, block));

    /// <summary>An encoder whose values tell of the row and of the block they were computed in.</summary>
    private byte[] Compute(int rows, int shards)
    {
        string[] parts = [.. Enumerable.Range(0, shards).Select(s => Path.Combine(_folder, $"{s}.npy"))];
        for (int shard = 0; shard < shards; shard++)
        {
            ShardedRows.Write(
                parts[shard], rows, Width, shard, shards,
                (first, count, values) =>
                {
                    for (int i = 0; i < values.Length; i++) values[i] = ((first + (i / Width)) * 1000) + (first * 10) + count;
                },
                Block);
        }

        string path = Path.Combine(_folder, "all.npy");
        ShardedRows.Join(path, parts);
        using (var matrix = NpyMatrix<float>.Open(path)) Assert.Equal((rows, Width), (matrix.Rows, matrix.Columns));
        return File.ReadAllBytes(path);
    }
}
