using System.Text;

namespace LineRec.Data;

public class DatasetColumnTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(1000)]
    public void Every_kind_of_column_is_read_as_written_nulls_and_empty_lists_too(int batch)
    {
        using var folder = new TemporaryFolder();
        SampleDataset.WriteFiles(folder.Path, 33, 200, 57);

        var rows = DatasetRows.ReadAll(folder.Path, new DatasetOptions { BatchSize = batch, ShuffleRows = 80, Seed = 2 });
        Assert.Equal(Enumerable.Range(0, 257).Select(i => SampleDataset.Row(i)), rows.OrderBy(r => int.Parse(r.Split('|')[0])));
    }

    [Fact]
    public void Texts_without_a_dictionary_are_read_too()
    {
        using var folder = new TemporaryFolder();
        SampleDataset.Write(folder["plain.parquet"], 0, 100, 30, p => p.DisableDictionary());

        Assert.Equal(Enumerable.Range(0, 100).Select(i => SampleDataset.Row(i)), DatasetRows.ReadAll(folder.Path, new DatasetOptions { ShuffleRows = 0 }));
    }

    [Fact]
    public void A_dictionary_that_overflows_into_plain_pages_is_read()
    {
        using var folder = new TemporaryFolder();
        SampleDataset.Write(folder["a.parquet"], 0, 20_000, 20_000, p => p.DictionaryPagesizeLimit(20).DataPagesize(500));

        Assert.Equal(Enumerable.Range(0, 20_000).Select(i => SampleDataset.Row(i)), DatasetRows.ReadAll(folder.Path, new DatasetOptions { ShuffleRows = 0 }));
    }

    [Fact]
    public void Columns_come_in_the_order_asked_for_and_as_they_are_typed()
    {
        using var folder = new TemporaryFolder();
        SampleDataset.WriteFiles(folder.Path, 33, 5);
        var dataset = ParquetDataset.Open(folder.Path, new DatasetOptions { Columns = ["time", "history", "id"], ShuffleRows = 0 });
        using var reader = dataset.Read();
        Assert.True(reader.TryRead(out var batch));

        Assert.Equal(["time: time", "history: list of int32", "id: int64"], dataset.Fields.Select(f => $"{f.Name}: {f}"));
        Assert.Equal(["time", "history", "id"], batch.Columns.Select(c => c.Name));
        Assert.Equal([0, 0, 1, 3, 6], batch.List("history").Offsets.ToArray()[..5]);
        Assert.Equal([10, 20, 21, 30, 31, 32], batch.List("history").Values<int>().ToArray());
        Assert.Equal(TimeColumn.Missing, batch.Values<long>("time").Span[4]);
        Assert.Contains("has no column 'user'", Assert.Throws<ArgumentException>(() => batch["user"]).Message);
        Assert.Contains("holds values of type Int64", Assert.Throws<ArgumentException>(() => batch.Values<float>("id")).Message);
        Assert.Contains("holds lists of values of type Int32", Assert.Throws<ArgumentException>(() => batch.Text("history")).Message);
    }

    [Fact]
    public void A_vocabulary_turns_texts_and_lists_of_texts_into_its_numbers()
    {
        using var folder = new TemporaryFolder();
        SampleDataset.WriteFiles(folder.Path, 9, 60, 31);
        var users = new DatasetVocabulary(["user 4", "user 0", "nobody"]);
        var tags = new DatasetVocabulary(["tag 1", "tag 3"]);
        Assert.Equal(1, users.Find(Encoding.UTF8.GetBytes("user 0")));
        Assert.Equal(-1, users.Find(Encoding.UTF8.GetBytes(new string('x', 1000))));
        var options = new DatasetOptions { Columns = ["id", "user", "tags"], ShuffleRows = 30, BatchSize = 8, Vocabularies = new Dictionary<string, DatasetVocabulary> { ["user"] = users, ["tags"] = tags } };
        using var reader = ParquetDataset.Open(folder.Path, options).Read();
        int rows = 0;
        while (reader.TryRead(out var batch))
        {
            var lists = batch.List("tags");
            for (int row = 0; row < batch.Count; row++, rows++)
            {
                long id = batch.Values<long>("id").Span[row];
                Assert.Equal(SampleDataset.User(id) switch { "user 4" => 0, "user 0" => 1, _ => -1 }, batch.Values<int>("user").Span[row]);
                int[] expected = [.. (SampleDataset.Tags(id) ?? []).Select(t => t switch { "tag 1" => 0, "tag 3" => 1, _ => -1 })];
                Assert.Equal(expected, lists.Values<int>()[lists.Offsets.Span[row]..lists.Offsets.Span[row + 1]].ToArray());
            }
        }

        Assert.Equal(91, rows);
    }

    [Fact]
    public void A_vocabulary_for_numbers_is_refused_as_is_one_with_doubles()
    {
        using var folder = new TemporaryFolder();
        SampleDataset.WriteFiles(folder.Path, 9, 6);
        var options = new DatasetOptions { Vocabularies = new Dictionary<string, DatasetVocabulary> { ["id"] = new(["a"]) } };
        Assert.Contains("holds int64, but a vocabulary numbers texts", Assert.Throws<ArgumentException>(() => ParquetDataset.Open(folder.Path, options)).Message);
        Assert.Contains("'a' comes twice", Assert.Throws<ArgumentException>(() => new DatasetVocabulary(["a", "b", "a"])).Message);
    }

    [Fact]
    public void A_batch_is_over_with_the_next_read()
    {
        using var folder = new TemporaryFolder();
        SampleDataset.WriteFiles(folder.Path, 9, 60);
        using var reader = ParquetDataset.Open(folder.Path, new DatasetOptions { BatchSize = 5 }).Read();
        Assert.True(reader.TryRead(out var first));
        var texts = first.Text("user").Texts;
        Assert.Equal(5, first.Values<long>("id").Length);
        Assert.True(reader.TryRead(out _));

        Assert.Contains("The batch is over", Assert.Throws<InvalidOperationException>(() => first.Values<long>("id")).Message);
        Assert.Throws<InvalidOperationException>(() => texts.Count);
        Assert.Throws<InvalidOperationException>(() => first.List("history").Offsets);
    }

    [Fact]
    public void The_events_that_EventWriter_writes_are_read_as_EventReader_reads_them()
    {
        using var folder = new TemporaryFolder();
        var events = Enumerable.Range(0, 500).Select(i => SampleEvents.Shown($"u{i % 40}", $"item {i % 17}", i, i % 5 == 0 ? null : $"r{i / 10}", 1 + (i % 10)) with { Price = i % 3 == 0 ? float.NaN : i });
        SampleEvents.Write(folder["events"], events, rowGroupSize: 90, fileSize: 200);
        var expected = new EventReader(folder["events"]).Read(EventColumns.All).SelectMany(b => Enumerable.Range(0, b.Count).Select(i => b[i]))
            .Select(e => $"{e.UserId}|{e.ItemId}|{e.UnixMilliseconds}|{e.RequestId ?? "null"}|{e.Position}|{(float.IsNaN(e.Price) ? "null" : $"{e.Price}")}");

        Assert.Equal(expected, DatasetRows.ReadAll(folder["events"], new DatasetOptions { ShuffleRows = 0, Columns = ["user_id", "item_id", "timestamp", "request_id", "position", "price"] }));
    }
}
