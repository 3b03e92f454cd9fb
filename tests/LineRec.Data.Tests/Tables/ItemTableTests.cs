using Parquet;
using Parquet.Schema;

namespace LineRec.Data;

public class ItemTableTests
{
    [Fact]
    public void A_catalog_is_read_back_as_it_was_written()
    {
        using var folder = new TemporaryFolder();
        var catalog = new Catalog(
            ["a", "b", "c"],
            [
                TextColumn.Encode("category", ["toys/outdoor", null, "toys"]),
                new NumberColumn("price", [1.5f, float.NaN, 3]),
                new TimeColumn("listed_at", [0, TimeColumn.Missing, 86_400_000]),
                TextColumn.Encode("colour", ["red", "red", null]),
                new NumberColumn("weight", [float.NaN, 2, float.NaN]),
            ]);
        ItemTable.Write(folder["items.parquet"], catalog);
        var read = ItemTable.Read(folder["items.parquet"]);
        Assert.Equal(catalog.Ids, read.Ids);
        Assert.Equal(["toys/outdoor", null, "toys"], Enumerable.Range(0, 3).Select(r => read.Category![r]));
        Assert.Equal([1.5f, float.NaN, 3], read.Price!.Values);
        Assert.Equal([0, TimeColumn.Missing, 86_400_000], read.ListedAt!.UnixMilliseconds);
        Assert.Equal(["red", "red", null], Enumerable.Range(0, 3).Select(r => read.Find<TextColumn>("colour")![r]));
        Assert.Equal([float.NaN, 2, float.NaN], read.Find<NumberColumn>("weight")!.Values);
    }

    [Fact]
    public void Rows_are_sorted_ordinally_and_integers_become_ids()
    {
        using var folder = new TemporaryFolder();
        Write(folder["items.parquet"], (new DataField<int>("item_id"), (g, f) => g.WriteAsync<int>(f, new[] { 10, 9, 100 })), (new DataField<bool>("new"), (g, f) => g.WriteAsync<bool>(f, new[] { true, false, false })), (new DataField<long>("brand"), (g, f) => g.WriteAsync<long>(f, new[] { 1L, 2, 3 })));
        var read = ItemTable.Read(folder["items.parquet"]);
        Assert.Equal(["10", "100", "9"], read.Ids);
        Assert.Equal([1, 0, 0], read.Find<NumberColumn>("new")!.Values);
        Assert.Equal("3", read.Brand![1]);
    }

    [Fact]
    public void Doubled_and_null_ids_are_named()
    {
        using var folder = new TemporaryFolder();
        Write(folder["items.parquet"], (new DataField("item_id", typeof(string)), (g, f) => g.WriteAsync(f, new[] { "a", "b", "a" })));
        Assert.Contains("'a' occurs twice (rows 0 and 2)", Assert.Throws<InvalidDataException>(() => ItemTable.Read(folder["items.parquet"])).Message);
        Write(folder["items.parquet"], (new DataField("item_id", typeof(string), isNullable: true), (g, f) => g.WriteAsync(f, new[] { "a", null, "b" })));
        Assert.Contains("row 1 has no id", Assert.Throws<InvalidDataException>(() => ItemTable.Read(folder["items.parquet"])).Message);
    }

    [Fact]
    public void A_known_column_of_a_wrong_type_is_named()
    {
        using var folder = new TemporaryFolder();
        Write(folder["items.parquet"], (new DataField("item_id", typeof(string)), (g, f) => g.WriteAsync(f, new[] { "a", "b" })), (new DataField("price", typeof(string)), (g, f) => g.WriteAsync(f, new[] { "1.50", "2" })));
        Assert.Contains("column 'price': needs numbers, found text", Assert.Throws<InvalidDataException>(() => ItemTable.Read(folder["items.parquet"])).Message);
        Write(folder["items.parquet"], (new DataField("sku", typeof(string)), (g, f) => g.WriteAsync(f, new[] { "a", "b" })));
        Assert.Contains("has no column 'item_id'", Assert.Throws<InvalidDataException>(() => ItemTable.Read(folder["items.parquet"])).Message);
    }

    [Fact]
    public void A_catalog_that_is_no_parquet_file_is_named()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["items.parquet"], "item_id,price\na,1\n");
        Assert.Contains("items.parquet", Assert.Throws<InvalidDataException>(() => ItemTable.Read(folder["items.parquet"])).Message);
    }

    [Fact]
    public void Many_row_groups_are_one_catalog()
    {
        using var folder = new TemporaryFolder();
        string[] ids = [.. Enumerable.Range(0, ItemTable.DefaultRowGroupSize + 5).Select(i => $"i{i:D7}")];
        var catalog = new Catalog(ids, [new NumberColumn("price", [.. ids.Select((_, i) => (float)i)])]);
        ItemTable.Write(folder["items.parquet"], catalog);
        var read = ItemTable.Read(folder["items.parquet"]);
        Assert.Equal(ids.Length, read.Count);
        Assert.Equal(catalog.Price!.Values, read.Price!.Values);
    }

    private static void Write(string path, params (DataField Field, Func<ParquetRowGroupWriter, DataField, Task> Write)[] columns)
    {
        using var stream = File.Create(path);
        var writer = ParquetWriter.CreateAsync(new ParquetSchema(columns.Select(c => (Field)c.Field)), stream).GetAwaiter().GetResult();
        using (var group = writer.CreateRowGroup())
        {
            foreach (var column in columns) column.Write(group, column.Field).GetAwaiter().GetResult();
        }

        writer.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
