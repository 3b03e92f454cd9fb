using LineRec.Data;

namespace LineRec.Training.Tests;

public sealed class DatasetTrainingDataTests : IDisposable
{
    private const int Rows = 1000;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("linerec-dataset-");
    private readonly string _path;

    public DatasetTrainingDataTests()
    {
        _path = Path.Combine(_folder.FullName, "events");
        using var writer = new EventWriter(_path, rowGroupSize: 90, fileSize: 300);
        for (int i = 0; i < Rows; i++) writer.Write(new EventRow($"u{i % 7}", "item", EventType.Click, i));
        writer.Complete();
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Epochs_follow_each_other_each_with_every_row_in_its_own_order()
    {
        using var data = Open();
        var epochs = Enumerable.Range(0, 3).Select(e => Read(data, e)).ToList();

        Assert.All(epochs, rows => Assert.Equal(Enumerable.Range(0, Rows).Select(i => (long)i), rows.Order()));
        Assert.NotEqual(epochs[0], epochs[1]);
        Assert.Equal(epochs[0], Read(data, 0)); // from the beginning again
        Assert.Equal((int)Math.Ceiling(Rows / 64.0), data.StepsPerEpoch);
    }

    [Fact]
    public void Reading_goes_on_from_any_position_into_the_next_epochs()
    {
        using var whole = Open();
        long[] first = Read(whole, 0), second = Read(whole, 1), third = Read(whole, 2);
        int steps = (Rows + 63) / 64;
        for (int taken = 1; taken <= steps; taken += 3)
        {
            using var before = Open();
            before.Start(0);
            for (int i = 0; i < taken; i++) Assert.True(before.TryRead(out _));
            using var after = Open();
            Assert.Equal(first.Skip(Math.Min(Rows, taken * 64)), Read(after, 0, before.Position));
            Assert.Equal(second, Read(after, 1));
            Assert.Equal(third, Read(after, 2));
        }
    }

    [Fact]
    public void A_position_between_two_epochs_begins_the_later_one()
    {
        using var before = Open();
        using var after = Open();
        Read(before, 0);
        string position = before.Position;

        Assert.Equal(Read(before, 1), Read(after, 1, position));
    }

    [Fact]
    public void A_dataset_that_ends_by_itself_and_a_position_in_another_are_refused()
    {
        Assert.Contains("DatasetOptions.Epochs", Assert.Throws<ArgumentException>(() => new DatasetTrainingData(ParquetDataset.Open(_path))).Message, StringComparison.Ordinal);
        using var before = Open();
        before.Start(0);
        before.TryRead(out _);
        using var other = Open(seed: 2);
        Assert.Contains("another order of rows", Assert.Throws<InvalidDataException>(() => other.Start(0, before.Position)).Message, StringComparison.Ordinal);
    }

    private DatasetTrainingData Open(ulong seed = 1) =>
        new(ParquetDataset.Open(_path, new DatasetOptions { Columns = ["timestamp"], BatchSize = 64, ShuffleRows = 200, Seed = seed, Epochs = null }));

    private static long[] Read(DatasetTrainingData data, int epoch, string? position = null)
    {
        List<long> rows = [];
        data.Start(epoch, position);
        while (data.TryRead(out var batch)) rows.AddRange(batch.Values<long>("timestamp").Span);
        return [.. rows];
    }
}
