using ParquetSharp;

namespace LineRec.Data;

public class DatasetDamageTests
{
    private static readonly DatasetOptions Quarantine = new() { OnDamage = DatasetDamagePolicy.Quarantine, ShuffleRows = 60, Seed = 1 };

    [Fact]
    public async Task A_file_cut_anywhere_is_named_or_left_out()
    {
        using var folder = new TemporaryFolder();
        SampleDataset.WriteFiles(folder.Path, 20, 90, 50);
        byte[] whole = File.ReadAllBytes(folder["part-000.parquet"]);
        for (int length = 0; length < whole.Length; length += 151)
        {
            File.WriteAllBytes(folder["part-000.parquet"], whole[..length]);
            var error = Assert.Throws<InvalidDataException>(() => ParquetDataset.Open(folder.Path));
            Assert.Contains("part-000.parquet' isn't a whole Parquet file", error.Message);
            var (rows, lost) = await Read(folder.Path, Quarantine);
            Assert.Equal(Rows(90, 50), rows.Order());
            Assert.Equal(("part-000.parquet", -1), (Path.GetFileName(lost.Single().Source), lost.Single().RowGroup));
        }
    }

    [Fact]
    public async Task Damaged_bytes_are_named_by_file_row_group_and_column_or_left_out_and_counted()
    {
        // Most writers leave checksums out: damage then shows where it breaks the decoding, and may pass unnoticed as a changed value.
        using var folder = new TemporaryFolder();
        SampleDataset.WriteFiles(folder.Path, 30, 90, 50);
        string path = folder["part-000.parquet"];
        byte[] whole = File.ReadAllBytes(path);
        var random = new Random(11);
        int noticed = 0;
        for (int i = 0; i < 150; i++)
        {
            byte[] damaged = [.. whole];
            int at = random.Next(4, whole.Length - 8);
            for (int b = at; b < Math.Min(at + (i % 3 * 4) + 1, damaged.Length); b++) damaged[b] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(path, damaged);
            string? message = null;
            try
            {
                await Read(folder.Path, Quarantine with { OnDamage = DatasetDamagePolicy.Throw });
            }
            catch (InvalidDataException e)
            {
                message = e.Message;
                Assert.Contains("part-000.parquet'", message);
                Assert.True(message.Contains("isn't a whole Parquet file") || (message.Contains("row group") && message.Contains("column '")) || message.Contains("as in the first file"), message);
                noticed++;
            }
            catch (ArgumentException e)
            {
                // The damage is in the bounds that the footer states.
                Assert.Contains("MemoryBudgetBytes", e.Message);
                continue;
            }

            var (rows, lost) = await Read(folder.Path, Quarantine);
            Assert.Equal(message is null, lost.Count == 0);
            Assert.True(lost.Count == 0 || rows.Count <= 140);
        }

        Assert.True(noticed > 30, $"Only {noticed} damages were noticed.");
    }

    [Fact]
    public async Task With_checksums_no_damaged_page_passes()
    {
        using var folder = new TemporaryFolder();
        string path = folder["a.parquet"];
        SampleDataset.Write(path, 0, 300, 100, p => p.EnablePageChecksum());
        byte[] whole = File.ReadAllBytes(path);
        var expected = DatasetRows.ReadAll(path, Quarantine);
        int noticed = 0;
        for (int at = 4; at < whole.Length / 2; at += 41)
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= 4;
            File.WriteAllBytes(path, damaged);
            var (rows, lost) = await Read(path, Quarantine);
            if (lost.Count == 0)
            {
                // Only a page's header may hold what nobody reads.
                Assert.Equal(expected, rows);
                continue;
            }

            Assert.Equal(100, lost.Sum(l => l.Rows));
            Assert.Equal(200, rows.Count);
            Assert.All(rows, r => Assert.Contains(r, expected));
            noticed++;
        }

        Assert.True(noticed > 20, $"Only {noticed} damages were noticed.");
    }

    [Fact]
    public void A_damaged_row_group_is_left_out_each_epoch_and_the_rest_is_the_same_on_any_threads()
    {
        using var folder = new TemporaryFolder();
        string path = Damage(folder, rowGroup: 1);
        var options = Quarantine with { Epochs = 2, BatchSize = 17 };
        using var one = ParquetDataset.Open(path, options with { Threads = 1 }).Read();
        using var four = ParquetDataset.Open(path, options with { Threads = 4 }).Read();
        var rows = DatasetRows.ReadAll(one);

        Assert.Equal(rows, DatasetRows.ReadAll(four));
        Assert.Equal(Rows(0, 100).Concat(Rows(200, 100)).Order(), rows.Take(200).Order());
        Assert.Equal([(1, 100L), (1, 100L)], one.Quarantined.Select(q => (q.RowGroup, q.Rows)));
        Assert.Contains("row group 1, column '", one.Quarantined[0].Reason);
    }

    [Fact]
    public void A_reader_that_met_damage_throws_again()
    {
        using var folder = new TemporaryFolder();
        using var reader = ParquetDataset.Open(Damage(folder, rowGroup: 0), new DatasetOptions { ShuffleRows = 0 }).Read();
        string message = Assert.Throws<InvalidDataException>(() => reader.TryRead(out _)).Message;
        Assert.Contains("row group 0", message);
        Assert.Equal(message, Assert.Throws<InvalidDataException>(() => reader.TryRead(out _)).Message);
    }

    [Fact]
    public async Task A_file_of_other_columns_is_named_or_left_out()
    {
        using var folder = new TemporaryFolder();
        SampleDataset.WriteFiles(folder.Path, 20, 40);
        WriteIds(folder["part-001.parquet"], new Column<int>("id"), [1, 2]);
        string message = Assert.Throws<InvalidDataException>(() => ParquetDataset.Open(folder.Path, new DatasetOptions { Columns = ["id"] })).Message;
        Assert.Contains("part-001.parquet', column 'id': needs int64, as in the first file, found int32", message);

        WriteIds(folder["part-001.parquet"], new Column<long>("other"), [1L, 2]);
        message = Assert.Throws<InvalidDataException>(() => ParquetDataset.Open(folder.Path, new DatasetOptions { Columns = ["id"] })).Message;
        Assert.Contains("needs int64, as in the first file, found no such column", message);

        var (rows, lost) = await Read(folder.Path, Quarantine);
        Assert.Equal(Rows(0, 40), rows.Order());
        Assert.Equal(2, lost.Single().Rows);
    }

    [Fact]
    public void Files_that_differ_only_in_columns_that_are_not_read_agree()
    {
        using var folder = new TemporaryFolder();
        SampleDataset.WriteFiles(folder.Path, 20, 40);
        WriteIds(folder["part-001.parquet"], new Column<long>("id"), [1000L, 1001]);
        Assert.Equal(42, DatasetRows.ReadIds(folder.Path, new DatasetOptions()).Count);
    }

    [Fact]
    public void Columns_that_no_dataset_reads_are_named_with_their_type_when_asked_for()
    {
        using var folder = new TemporaryFolder();
        using (var decimals = LogicalType.Decimal(20, 2))
        using (var file = new ParquetFileWriter(folder["a.parquet"], [new Column<long>("id"), new Column<decimal>("cost", decimals)]))
        {
            using (var group = file.AppendRowGroup())
            {
                using (var ids = group.NextColumn().LogicalWriter<long>()) ids.WriteBatch([7]);
                using (var costs = group.NextColumn().LogicalWriter<decimal>()) costs.WriteBatch([1.25m]);
            }

            file.Close();
        }

        Assert.Equal(["id"], ParquetDataset.Open(folder.Path).Fields.Select(f => f.Name));
        Assert.Contains("Column 'cost'", Assert.Throws<ArgumentException>(() => ParquetDataset.Open(folder.Path, new DatasetOptions { Columns = ["cost"] })).Message);
    }

    [Fact]
    public void Without_a_readable_file_the_first_reason_is_given()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["a.parquet"], "user_id,item_id");
        Assert.Contains("None of the dataset's 1 files can be read", Assert.Throws<InvalidDataException>(() => ParquetDataset.Open(folder.Path, Quarantine)).Message);
    }

    private static string Damage(TemporaryFolder folder, int rowGroup)
    {
        string path = folder["a.parquet"];
        SampleDataset.Write(path, 0, 300, 100, p => p.EnablePageChecksum());
        long start;
        using (var file = new ParquetFileReader(path)) start = file.RowGroup(rowGroup).MetaData.GetColumnChunkMetaData(2).FileOffset;
        byte[] bytes = File.ReadAllBytes(path);
        long at = start > 0 ? start - 20 : 4 + ((bytes.Length - 3000) / 3 * rowGroup) + 100;
        bytes.AsSpan((int)at, 16).Fill(0xA5);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static void WriteIds<T>(string path, Column<T> column, T[] values)
    {
        using var file = new ParquetFileWriter(path, [column]);
        using (var group = file.AppendRowGroup())
        {
            using var writer = group.NextColumn().LogicalWriter<T>();
            writer.WriteBatch(values);
        }

        file.Close();
    }

    private static IEnumerable<string> Rows(int first, int count) => Enumerable.Range(first, count).Select(i => SampleDataset.Row(i)).Order();

    private static Task<(List<string> Rows, List<DatasetQuarantine> Lost)> Read(string path, DatasetOptions options) => Task.Run(() =>
    {
        var dataset = ParquetDataset.Open(path, options);
        using var reader = dataset.Read();
        var rows = DatasetRows.ReadAll(reader);
        return (rows, dataset.Quarantined.Concat(reader.Quarantined).ToList());
    }).WaitAsync(DatasetRows.Guard);
}
