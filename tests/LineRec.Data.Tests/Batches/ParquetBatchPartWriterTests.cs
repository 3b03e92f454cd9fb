using ParquetSharp;

namespace LineRec.Data.Tests;

public sealed class ParquetBatchPartWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static BatchPart Part => new(10, 2, new[] { 5, 3, 4, -1, -1, -1, 5, 1 }, new[] { 2f, 1f, 7f, float.NaN, float.NaN, float.NaN, float.NaN, 0.5f });

    [Fact]
    public void Rows_are_written_where_there_are_no_ids_and_missing_answers_left_out()
    {
        string path = _folder["rows.parquet"];
        new ParquetBatchPartWriter().Write(path, Part);
        using var reader = new ParquetFileReader(path);
        using var group = reader.RowGroup(0);
        Assert.Equal(["user_row", "item_row", "rank", "score"], Names(reader));
        Assert.Equal([10, 10, 11, 13, 13], Column<int?>(group, 0));
        Assert.Equal([5, 3, 4, 5, 1], Column<int?>(group, 1));
        Assert.Equal([1, 2, 1, 1, 2], Column<int?>(group, 2));
        Assert.Equal([2f, 1f, 7f, null, 0.5f], Column<float?>(group, 3));
    }

    [Fact]
    public void Ids_are_written_where_they_are_given()
    {
        string path = _folder["ids.parquet"];
        new ParquetBatchPartWriter(row => $"u{row}", row => $"i{row}").Write(path, Part);
        using var reader = new ParquetFileReader(path);
        using var group = reader.RowGroup(0);
        Assert.Equal(["user_id", "item_id", "rank", "score"], Names(reader));
        Assert.Equal(["u10", "u10", "u11", "u13", "u13"], Column<string>(group, 0));
        Assert.Equal(["i5", "i3", "i4", "i5", "i1"], Column<string>(group, 1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(1000)]
    public void Row_groups_hold_whole_users_and_together_all(int rowGroupSize)
    {
        string path = _folder["groups.parquet"];
        new ParquetBatchPartWriter(rowGroupSize: rowGroupSize).Write(path, Part);
        using var reader = new ParquetFileReader(path);
        Assert.Equal(5, Enumerable.Range(0, reader.FileMetaData.NumRowGroups).Sum(g => reader.RowGroup(g).MetaData.NumRows));
    }

    [Fact]
    public void The_same_part_gives_the_same_bytes()
    {
        new ParquetBatchPartWriter().Write(_folder["a.parquet"], Part);
        new ParquetBatchPartWriter().Write(_folder["b.parquet"], Part);
        Assert.Equal(File.ReadAllBytes(_folder["a.parquet"]), File.ReadAllBytes(_folder["b.parquet"]));
    }

    [Fact]
    public void Nothing_is_left_of_a_file_whose_writing_fails()
    {
        string path = _folder["failed.parquet"];
        Assert.Throws<KeyNotFoundException>(() => new ParquetBatchPartWriter(itemId: row => throw new KeyNotFoundException($"{row}")).Write(path, Part));
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void A_part_without_answers_is_a_file_without_rows()
    {
        string path = _folder["empty.parquet"];
        new ParquetBatchPartWriter().Write(path, new BatchPart(0, 1, new[] { -1 }, new[] { float.NaN }));
        using var reader = new ParquetFileReader(path);
        Assert.Equal(0, reader.FileMetaData.NumRows);
    }

    public void Dispose() => _folder.Dispose();

    private static IEnumerable<string> Names(ParquetFileReader reader) => Enumerable.Range(0, reader.FileMetaData.NumColumns).Select(c => reader.FileMetaData.Schema.Column(c).Name);

    private static T[] Column<T>(RowGroupReader group, int column)
    {
        using var reader = group.Column(column).LogicalReader<T>();
        return reader.ReadAll((int)group.MetaData.NumRows);
    }
}
