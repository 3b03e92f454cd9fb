namespace LineRec.Data;

public class DatasetMemoryTests
{
    [Fact]
    public async Task A_slow_consumer_keeps_decoding_within_the_budget()
    {
        using var folder = new TemporaryFolder();
        SampleDataset.WriteFiles(folder.Path, 500, 20_000, 20_000);
        var options = new DatasetOptions { ShuffleRows = 2_000, Threads = 4, Epochs = 3 };
        long window = ParquetDataset.Open(folder.Path, options).WindowBytes;
        foreach (int windows in new[] { 1, 2, 5 })
        {
            using var reader = ParquetDataset.Open(folder.Path, options with { MemoryBudgetBytes = windows * window }).Read();
            await Task.Run(() => DatasetRows.ReadAll(reader), TestContext.Current.CancellationToken).WaitAsync(DatasetRows.Guard, TestContext.Current.CancellationToken);
            Assert.Equal(120_000, reader.RowCount);
            Assert.InRange(reader.PeakBytes, window / 4, windows * window);
        }
    }

    [Theory]
    [InlineData("id")]
    [InlineData("user")]
    [InlineData("price")]
    [InlineData("time")]
    [InlineData("history")]
    [InlineData("tags")]
    [InlineData("id,user,price,weight,clicked,time,day,history,tags")]
    [InlineData("id", "user", "time", "price")]
    public void What_a_window_holds_is_within_what_the_footers_said(string columns, params string[] tested)
    {
        using var folder = new TemporaryFolder();
        SampleDataset.WriteFiles(folder.Path, 500, 7_000, 3_200);
        DatasetValue Other(string column) => column == "user" ? "nobody" : column == "time" ? DateTimeOffset.UnixEpoch : 0.3;
        var options = new DatasetOptions { Columns = columns.Split(','), ShuffleRows = 2_000, Where = [.. tested.Select(c => DatasetCondition.NotEqual(c, Other(c)))] };
        var plan = new DatasetPlanner(options).Plan(DatasetSource.At(folder.Path));
        using var files = new OpenFiles(plan.Files);
        foreach (var window in EpochPlan.Windows(plan.Groups, options, epoch: 0))
        {
            var buffer = new WindowBuffer(plan, options);
            new WindowDecoder(plan, options, files).Decode(window, buffer, []);
            long said = tested.Length == 0 ? window.Pieces.Sum(p => p.Group.MemoryBytes) : window.MemoryBytes;
            Assert.InRange(buffer.Bytes, tested.Length == 0 ? said / 3 : 1, said); // with conditions the bound counts a batch in decoding too
        }
    }

    [Fact]
    public void A_budget_that_holds_no_window_is_refused_with_what_to_do()
    {
        using var folder = new TemporaryFolder();
        SampleDataset.WriteFiles(folder.Path, 500, 2_000);
        var dataset = ParquetDataset.Open(folder.Path, new DatasetOptions { MemoryBudgetBytes = 10_000 });
        string message = Assert.Throws<ArgumentException>(() => dataset.Read()).Message;
        Assert.Contains("MemoryBudgetBytes is 10000", message);
        Assert.Contains("lower ShuffleRows", message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(20)]
    public async Task A_reader_that_ends_in_mid_stream_leaves_no_thread_behind(int batches)
    {
        using var folder = new TemporaryFolder();
        SampleDataset.WriteFiles(folder.Path, 50, 2_000);
        for (int i = 0; i < 20; i++)
        {
            var reader = ParquetDataset.Open(folder.Path, new DatasetOptions { ShuffleRows = 100, BatchSize = 30, Threads = 4, Epochs = null }).Read();
            for (int b = 0; b < batches; b++) Assert.True(reader.TryRead(out _));
            Assert.Equal(4, reader.Threads.Count);
            await Task.Run(reader.Dispose, TestContext.Current.CancellationToken).WaitAsync(DatasetRows.Guard, TestContext.Current.CancellationToken);
            Assert.All(reader.Threads, t => Assert.False(t.IsAlive));
            Assert.Throws<ObjectDisposedException>(() => reader.TryRead(out _));
            reader.Dispose();
        }
    }
}
