namespace LineRec.Tests.Pipeline;

/// <summary>Items that lack something go through the funnel as others do.</summary>
public sealed class BadItemsTests
{
    [Fact]
    public async Task An_item_without_category_and_with_a_NaN_price_gets_its_place()
    {
        var catalog = new Catalog(["a", "b", "c"], [TextColumn.Encode(CatalogColumns.Category, ["x", null, "x"]), new NumberColumn(CatalogColumns.Price, [3f, float.NaN, 1f])]);
        using var recommender = new RecommenderBuilder().AddPlacement("home", p => p
            .Retrieve(r => r.Use("all", 3, TestShop.Rows(0, 1, 2)))
            .Filter(f => f.InStock().Where("no y", (context, row) => context.Catalog.Category![row] != "y"))
            .Rank(r => r.Use("dearest", (context, c, _) =>
            {
                for (int i = 0; i < c.Count; i++) c.Scores[i] = context.Catalog.Price![c.Rows[i]];
                return default;
            }))).Build(new ModelSnapshot(catalog));
        var slate = await recommender.RecommendAsync(new() { Placement = "home", Take = 3 });
        Assert.Equal(["a", "c", "b"], slate.Items.Select(i => i.ItemId));
        Assert.Empty(slate.Degradations);
    }

    [Fact]
    public async Task An_empty_shop_gives_an_empty_slate_that_says_so()
    {
        using var recommender = TestShop.Build(p => p.Retrieve(r => r.Use("a", 5, TestShop.Rows(0, 1))).FallBackTo("charts"), items: 0, more: b => b.AddPlacement("charts", p => p.Retrieve(r => r.Use("c", 5, TestShop.Rows(0)))));
        var slate = await recommender.RecommendAsync(TestShop.Request(3));
        Assert.Empty(slate.Items);
        Assert.Equal(DegradationAction.None, Assert.Single(slate.Degradations).Action);
    }

    [Fact]
    public async Task Anchors_that_the_catalog_lacks_are_ignored()
    {
        using var recommender = TestShop.Build(p => p.Retrieve(r => r.Use("a", 5, TestShop.Rows(1, 2))).Filter(f => f.NotAnchors()));
        var slate = await recommender.RecommendAsync(TestShop.Request(1) with { AnchorItemIds = ["ghost", TestShop.Id(1)] });
        Assert.Equal([2], slate.RowsOf());
    }
}
