namespace LineRec.Abstractions.Tests.Catalogs;

public sealed class CatalogTests
{
    [Theory]
    [InlineData("b", "a")]
    [InlineData("a", "a")]
    [InlineData("a", "")]
    [InlineData("a", "B")]
    public void Ids_out_of_ordinal_order_doubled_or_empty_are_refused(string first, string second) =>
        Assert.Throws<ArgumentException>(() => new Catalog([first, second], []));

    [Fact]
    public void A_column_of_another_length_is_refused_by_name() =>
        Assert.Contains("'price'", Assert.Throws<ArgumentException>(() => new Catalog(["a", "b"], [new NumberColumn("price", [1f])])).Message, StringComparison.Ordinal);

    [Fact]
    public void Items_are_found_by_id_and_unknown_ones_are_not()
    {
        var catalog = new Catalog(["A", "a", "b"], []);
        Assert.True(catalog.TryGetRow("a", out int row));
        Assert.Equal(1, row);
        Assert.False(catalog.TryGetRow("c", out row));
        Assert.Equal(-1, row);
    }

    [Fact]
    public void Text_is_encoded_with_missing_values()
    {
        var column = TextColumn.Encode("category", ["x", null, "y", "", "x"]);
        Assert.Equal([0, TextColumn.Missing, 1, TextColumn.Missing, 0], column.Codes.ToArray());
        Assert.Equal("y", column[2]);
        Assert.Null(column[1]);
        Assert.Throws<ArgumentException>(() => new TextColumn("c", [2], ["only"]));
    }

    [Fact]
    public void Well_known_columns_of_another_type_are_not_taken_for_them()
    {
        var catalog = new Catalog(["a"], [TextColumn.Encode("price", ["cheap"])]);
        Assert.Null(catalog.Price);
        Assert.NotNull(catalog.Find<TextColumn>("price"));
    }
}
