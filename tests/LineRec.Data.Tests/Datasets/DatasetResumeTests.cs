namespace LineRec.Data;

public class DatasetResumeTests
{
    private static readonly DatasetOptions Options = new() { BatchSize = 13, ShuffleRows = 40, Seed = 9, Epochs = 2, Shard = 1, ShardCount = 2, Threads = 2 };

    [Fact]
    public void Going_on_at_any_batch_gives_what_an_uninterrupted_reader_gives()
    {
        using var folder = new TemporaryFolder();
        SampleDataset.WriteFiles(folder.Path, 15, 101, 64);
        var options = Options with { Where = [DatasetCondition.NotEqual("user", "user 2")] };
        var (batches, positions) = ReadBatches(ParquetDataset.Open(folder.Path, options), null);
        Assert.True(batches.Count > 8);

        for (int done = 0; done < batches.Count; done++)
        {
            var position = DatasetPosition.FromJson(positions[done].ToJson());
            var (rest, places) = ReadBatches(ParquetDataset.Open(folder.Path, options), position);
            Assert.Equal(batches.Skip(done + 1), rest);
            Assert.Equal(positions.Skip(done + 1), places);
        }
    }

    [Fact]
    public void Readers_that_end_anywhere_and_are_never_closed_lose_and_double_nothing()
    {
        // As a process that is killed: only what was written down before the end remains.
        using var folder = new TemporaryFolder();
        SampleDataset.WriteFiles(folder["data"], 15, 211, 64);
        var dataset = ParquetDataset.Open(folder["data"], Options);
        var whole = ReadBatches(dataset, null).Batches;
        var random = new Random(3);
        var pieced = new List<string>();
        var left = new List<DatasetReader>();
        for (int life = 0; life < 50; life++)
        {
            string? saved = File.Exists(folder["position"]) ? File.ReadAllText(folder["position"]) : null;
            var reader = ParquetDataset.Open(folder["data"], Options).Read(saved is null ? null : DatasetPosition.FromJson(saved));
            left.Add(reader);
            for (int i = random.Next(3); i > 0 && reader.TryRead(out var batch); i--)
            {
                pieced.Add($"{batch.Epoch}\n{string.Join('\n', DatasetRows.Of(batch))}");
                File.WriteAllText(folder["position"], batch.Next.ToJson());
            }

            if (reader.TryRead(out _)) continue; // read, but not written down: comes again
        }

        using var last = dataset.Read(DatasetPosition.FromJson(File.ReadAllText(folder["position"])));
        while (last.TryRead(out var batch)) pieced.Add($"{batch.Epoch}\n{string.Join('\n', DatasetRows.Of(batch))}");
        Assert.Equal(whole, pieced);
        foreach (var reader in left) reader.Dispose();
    }

    [Fact]
    public void Another_batch_size_and_other_columns_go_on_with_the_same_rows()
    {
        using var folder = new TemporaryFolder();
        SampleDataset.WriteFiles(folder.Path, 15, 101);
        var ids = DatasetRows.ReadIds(folder.Path, Options);
        using var reader = ParquetDataset.Open(folder.Path, Options).Read();
        Assert.True(reader.TryRead(out _) && reader.TryRead(out _));
        Assert.True(reader.TryRead(out var third));

        using var rest = ParquetDataset.Open(folder.Path, Options with { BatchSize = 7, Columns = ["id"], Threads = 1 }).Read(third.Next);
        Assert.Equal(ids.Skip(39).Select(id => $"{id}"), DatasetRows.ReadAll(rest));
    }

    [Fact]
    public void A_position_of_another_order_is_refused()
    {
        using var folder = new TemporaryFolder();
        SampleDataset.WriteFiles(folder.Path, 15, 101);
        using var reader = ParquetDataset.Open(folder.Path, Options).Read();
        Assert.True(reader.TryRead(out var batch));
        var position = batch.Next;
        DatasetOptions[] others =
        [
            Options with { Seed = 10 }, Options with { Shard = 0 }, Options with { ShardCount = 3 }, Options with { ShuffleRows = 41 },
            Options with { Where = [DatasetCondition.AtLeast("id", 3)] },
        ];
        Assert.All(others, o => Assert.Contains("another order of rows", Assert.Throws<ArgumentException>(() => ParquetDataset.Open(folder.Path, o).Read(position)).Message));

        SampleDataset.WriteFiles(folder.Path, 15, 101, 3);
        Assert.Throws<ArgumentException>(() => ParquetDataset.Open(folder.Path, Options).Read(position));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"Fingerprint\":\"a\",\"Epoch\":-1,\"Window\":0,\"Row\":0}")]
    public void What_is_no_position_is_refused(string json) => Assert.Throws<InvalidDataException>(() => DatasetPosition.FromJson(json));

    private static (List<string> Batches, List<DatasetPosition> Positions) ReadBatches(ParquetDataset dataset, DatasetPosition? from)
    {
        using var reader = dataset.Read(from);
        var (batches, positions) = (new List<string>(), new List<DatasetPosition>());
        while (reader.TryRead(out var batch))
        {
            batches.Add($"{batch.Epoch}\n{string.Join('\n', DatasetRows.Of(batch))}");
            positions.Add(batch.Next);
        }

        return (batches, positions);
    }
}
