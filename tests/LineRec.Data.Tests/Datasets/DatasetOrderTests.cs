using CsCheck;

namespace LineRec.Data;

public class DatasetOrderTests
{
    [Fact]
    public void Each_row_comes_exactly_once_over_all_shards_in_each_epoch()
    {
        using var folder = new TemporaryFolder();
        Gen.Select(Gen.Int[1, 4], Gen.Int[0, 23], Gen.Int[1, 9], Gen.Int[1, 5], Gen.Int[0, 30], Gen.Int[1, 11], Gen.Int[1, 3], Gen.UInt)
            .Sample((files, fileRows, groupRows, shards, shuffleRows, batch, epochs, seed) =>
            {
                string path = folder[$"{files}-{fileRows}-{groupRows}"];
                int[] counts = [.. Enumerable.Range(0, files).Select(f => fileRows + f)];
                if (!Directory.Exists(path)) SampleDataset.WriteFiles(path, groupRows, counts);
                var seen = new List<(int Epoch, long Id)>();
                var perShard = new List<int>();
                for (int shard = 0; shard < shards; shard++)
                {
                    var options = new DatasetOptions { Columns = ["id"], BatchSize = batch, ShuffleRows = shuffleRows, Seed = seed, Shard = shard, ShardCount = shards, Epochs = epochs };
                    using var reader = ParquetDataset.Open(path, options).Read();
                    while (reader.TryRead(out var read))
                    {
                        Assert.InRange(read.Count, 1, batch);
                        foreach (long id in read.Values<long>("id").Span) seen.Add((read.Epoch, id));
                    }

                    perShard.Add((int)reader.RowCount / epochs);
                }

                int rows = counts.Sum();
                Assert.Equal(Enumerable.Range(0, epochs).SelectMany(e => Enumerable.Range(0, rows).Select(id => (e, (long)id))), seen.Order());
                Assert.InRange(perShard.Max() - perShard.Min(), 0, 1);
            }, iter: 150, threads: 1);
    }

    [Fact]
    public void A_seed_gives_one_order_and_another_seed_or_epoch_another()
    {
        using var folder = new TemporaryFolder();
        SampleDataset.WriteFiles(folder.Path, 50, 300, 171);
        var options = new DatasetOptions { ShuffleRows = 120, Seed = 5, Epochs = 2 };
        var first = DatasetRows.ReadIds(folder.Path, options);

        Assert.Equal(first, DatasetRows.ReadIds(folder.Path, options));
        Assert.NotEqual(first, DatasetRows.ReadIds(folder.Path, options with { Seed = 6 }));
        Assert.NotEqual(first[..471], first[471..]);
        Assert.Equal(first[..471].Order(), first[471..].Order());
    }

    [Fact]
    public void The_order_is_this_one_in_every_version()
    {
        using var folder = new TemporaryFolder();
        SampleDataset.WriteFiles(folder.Path, 3, 8);

        Assert.Equal("7 1 6 5 0 3 2 4", string.Join(' ', DatasetRows.ReadIds(folder.Path, new DatasetOptions { ShuffleRows = 6, Seed = 42 })));
    }

    [Fact]
    public void Without_shuffling_rows_come_in_the_files_order()
    {
        using var folder = new TemporaryFolder();
        SampleDataset.WriteFiles(folder.Path, 7, 30, 0, 19);

        Assert.Equal(Enumerable.Range(0, 49).Select(i => SampleDataset.Row(i)), DatasetRows.ReadAll(folder.Path, new DatasetOptions { ShuffleRows = 0, BatchSize = 10 }));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 1)]
    [InlineData(4, 1000)]
    [InlineData(7, 64)]
    public void Threads_and_batch_size_change_nothing(int threads, int batch)
    {
        using var folder = new TemporaryFolder();
        SampleDataset.WriteFiles(folder.Path, 40, 400, 333, 1);
        var options = new DatasetOptions { ShuffleRows = 100, Seed = 1, Epochs = 3, BatchSize = 50, Threads = 2 };

        Assert.Equal(DatasetRows.ReadAll(folder.Path, options), DatasetRows.ReadAll(folder.Path, options with { Threads = threads, BatchSize = batch }));
    }

    [Fact]
    public void Rows_are_mixed_across_the_window()
    {
        using var folder = new TemporaryFolder();
        SampleDataset.WriteFiles(folder.Path, 100, 2000);
        var ids = DatasetRows.ReadIds(folder.Path, new DatasetOptions { ShuffleRows = 2000, Seed = 3 });

        // A random order moves a row by a third of the table on average, and neighbours know nothing of each other.
        double moved = ids.Select((id, place) => Math.Abs(id - place)).Average();
        Assert.InRange(moved, 2000 / 3.0 * 0.9, 2000 / 3.0 * 1.1);
        double mean = ids.Average();
        double correlation = ids.Zip(ids.Skip(1)).Sum(p => (p.First - mean) * (p.Second - mean)) / ids.Sum(id => (id - mean) * (id - mean));
        Assert.InRange(correlation, -0.1, 0.1);
    }
}
