namespace LineRec.Data;

public class DatasetSourceTests
{
    [Fact]
    public void Streams_of_any_kind_are_read_as_files_are()
    {
        using var folder = new TemporaryFolder();
        SampleDataset.WriteFiles(folder.Path, 20, 130, 70);
        var options = new DatasetOptions { ShuffleRows = 50, Seed = 8, BatchSize = 9, Threads = 3 };
        var sources = Directory.GetFiles(folder.Path).Reverse().Select(f => new DatasetSource(Path.GetFileName(f), () => new MemoryStream(File.ReadAllBytes(f), writable: false)));

        using var reader = ParquetDataset.Open(sources, options).Read();
        Assert.Equal(DatasetRows.ReadAll(folder.Path, options), DatasetRows.ReadAll(reader));
    }

    [Fact]
    public void Every_stream_is_closed_in_the_end()
    {
        using var folder = new TemporaryFolder();
        SampleDataset.WriteFiles(folder.Path, 20, 130, 70);
        int open = 0;
        Stream Open(string file)
        {
            Interlocked.Increment(ref open);
            return new ClosingStream(File.ReadAllBytes(file), () => Interlocked.Decrement(ref open));
        }

        using (var reader = ParquetDataset.Open(Directory.GetFiles(folder.Path).Select(f => new DatasetSource(f, () => Open(f))), new DatasetOptions { ShuffleRows = 20, BatchSize = 7 }).Read())
        {
            Assert.True(reader.TryRead(out _));
            Assert.True(open > 0);
        }

        Assert.Equal(0, open);
    }

    [Fact]
    public void A_path_without_files_is_named()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains(folder.Path, Assert.Throws<FileNotFoundException>(() => ParquetDataset.Open(folder.Path)).Message);
        Assert.Contains("no files", Assert.Throws<InvalidDataException>(() => ParquetDataset.Open([])).Message);
    }

    [Fact]
    public void A_dataset_without_rows_gives_none()
    {
        using var folder = new TemporaryFolder();
        SampleDataset.WriteFiles(folder.Path, 20, 0, 0);
        Assert.Empty(DatasetRows.ReadAll(folder.Path, new DatasetOptions { Epochs = null }));
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        using var folder = new TemporaryFolder();
        SampleDataset.WriteFiles(folder.Path, 20, 10);
        DatasetOptions[] wrong =
        [
            new() { BatchSize = 0 }, new() { ShuffleRows = -1 }, new() { ShardCount = 0 }, new() { Shard = 1 }, new() { Epochs = 0 }, new() { Threads = 0 }, new() { MemoryBudgetBytes = 0 },
            new() { Columns = ["id", "id"] }, new() { Columns = ["ID"] },
        ];
        Assert.All(wrong, o => Assert.ThrowsAny<ArgumentException>(() => ParquetDataset.Open(folder.Path, o)));
    }

    private sealed class ClosingStream(byte[] bytes, Action closed) : MemoryStream(bytes, writable: false)
    {
        private bool _isClosed;

        protected override void Dispose(bool disposing)
        {
            if (!_isClosed) closed();
            _isClosed = true;
            base.Dispose(disposing);
        }
    }
}
