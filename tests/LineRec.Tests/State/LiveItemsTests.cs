namespace LineRec.Tests.State;

public sealed class LiveItemsTests
{
    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(-1f)]
    public void A_price_that_is_none_is_refused_with_the_item_and_the_rule(float price)
    {
        var live = new LiveItems();
        var wrong = Assert.Throws<ArgumentOutOfRangeException>(() => live.SetPrice("lamp", price));
        Assert.Contains("'lamp' must be finite and 0 or more", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Stock_under_zero_and_an_item_without_id_are_refused()
    {
        var live = new LiveItems();
        Assert.Throws<ArgumentOutOfRangeException>(() => live.SetStock("lamp", -1));
        Assert.Throws<ArgumentException>(() => live.SetStock("", 1));
    }

    [Fact]
    public void What_was_set_counts_over_the_catalog_and_what_neither_knows_is_NaN()
    {
        var catalog = new Catalog(["a", "b", "c"], [new NumberColumn(CatalogColumns.Price, [1f, 2f, float.NaN])]);
        var live = new LiveItems();
        live.SetPrice("b", 5f);
        Assert.Equal([1f, 5f, float.NaN], Enumerable.Range(0, 3).Select(row => live.PriceOf(catalog, row)));
        Assert.Equal(float.NaN, live.StockOf(catalog, 0));
    }
}
