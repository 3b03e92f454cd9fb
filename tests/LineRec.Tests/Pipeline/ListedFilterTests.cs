namespace LineRec.Tests.Pipeline;

public sealed class ListedFilterTests
{
    [Fact]
    public async Task What_is_not_listed_yet_is_kept_back_and_what_has_no_listing_time_stays()
    {
        long now = TestShop.Now.ToUnixTimeMilliseconds();
        var catalog = new Catalog([.. Enumerable.Range(0, 4).Select(TestShop.Id)], [new TimeColumn(CatalogColumns.ListedAt, [now - 1, now, now + 1, TimeColumn.Missing])]);
        using var recommender = new RecommenderBuilder()
            .AddPlacement("home", p => p.Retrieve(r => r.Use("a", 5, TestShop.Rows(0, 1, 2, 3))).Filter(f => f.Listed()))
            .Build(new ModelSnapshot(catalog));
        Assert.Equal([0, 1, 3], (await recommender.RecommendAsync(TestShop.Request(4))).RowsOf());
    }

    [Fact]
    public async Task A_catalog_without_listing_times_loses_nothing()
    {
        using var recommender = TestShop.Build(p => p.Retrieve(r => r.Use("a", 5, TestShop.Rows(1, 2))).Filter(f => f.Listed()));
        Assert.Equal([1, 2], (await recommender.RecommendAsync(TestShop.Request(2))).RowsOf());
    }
}
