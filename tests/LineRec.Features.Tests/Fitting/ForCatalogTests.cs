using CsCheck;

namespace LineRec.Features.Tests.Fitting;

public class ForCatalogTests
{
    /// <summary>Training and serving compute an item's block by two ways, a fit and a fit applied; they are one.</summary>
    [Fact]
    public void A_fit_applied_to_its_own_catalog_gives_its_own_bits()
    {
        Gen.Int[0, 100_000].Sample(seed =>
        {
            var shop = new TestShop(seed);
            string folder = Directory.CreateTempSubdirectory("linerec-features").FullName;
            try
            {
                using (var fit = shop.Fit(seed: seed, events: seed % 4 == 0 ? 0 : 400)) fit.Save(folder);
                using var fitted = FittedFeatures.Load(folder);
                using var applied = fitted.ForCatalog(shop.Catalog, shop.Catalog);
                for (int row = 0; row < shop.Catalog.Count; row++) Assert.Equal(fitted.Items[row].ToArray().Select(BitConverter.SingleToInt32Bits), applied.Items[row].ToArray().Select(BitConverter.SingleToInt32Bits));
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }, iter: 30, threads: 1);
    }

    /// <summary>A new item with the attributes of an item that never had an event is that item.</summary>
    [Fact]
    public void A_new_item_is_encoded_like_an_old_one_without_events()
    {
        Gen.Int[0, 100_000].Sample(seed =>
        {
            var shop = new TestShop(seed);
            using var fitted = shop.Fit(seed: seed); // its events are of the first half of the catalog
            int old = TestShop.ItemCount - 1 - (seed % 10);
            var catalog = shop.Catalog;
            var price = catalog.Find<NumberColumn>("price")!;
            using var applied = fitted.ForCatalog(catalog, new Catalog(["brand-new"],
            [
                TextColumn.Encode("category", [catalog.Category![old]]), TextColumn.Encode("brand", [catalog.Brand![old]]), new NumberColumn("price", [price[old]]), new NumberColumn("weight", [3f]),
            ]));
            Assert.Equal(fitted.Items[old].ToArray(), applied.Items[0].ToArray());
        }, iter: 50, threads: 1);
    }

    [Fact]
    public void An_item_whose_price_has_changed_keeps_its_counts_and_gets_the_new_price()
    {
        var catalog = new Catalog(["a", "b"], [new NumberColumn("price", [1f, 3f])]);
        var fitter = new FeatureFitter(FeatureSpec.Create(s => s.Item(i => i.Number("price").Counts(EventType.Click))), catalog, TestShop.End);
        fitter.Add([1], [1], [EventType.Click], [0]);
        using var fitted = fitter.Fit();
        using var applied = fitted.ForCatalog(catalog, new Catalog(["b"], [new NumberColumn("price", [5f])]));
        Assert.Equal([3f, 0f, fitted.Items[1][2]], applied.Items[0].ToArray()); // (5 - 2) / 1
    }

    [Fact]
    public void The_catalog_of_another_fit_and_a_missing_column_are_refused()
    {
        var shop = new TestShop(1);
        using var fitted = shop.Fit();
        Assert.Contains("fitted to 40 items; the catalog has 12", Assert.Throws<ArgumentException>(() => fitted.ForCatalog(new TestShop(1, items: 12).Catalog, shop.Catalog)).Message, StringComparison.Ordinal);
        Assert.Contains("text column 'category'", Assert.Throws<ArgumentException>(() => fitted.ForCatalog(shop.Catalog, new Catalog(["a"], []))).Message, StringComparison.Ordinal);
    }

    /// <summary>A state from before means were saved: known items keep their bits, a new one says what to do.</summary>
    [Fact]
    public void A_state_of_an_earlier_version_serves_its_items_and_refuses_new_ones()
    {
        var shop = new TestShop(1);
        using var old = FittedFeatures.Load(Path.Combine(AppContext.BaseDirectory, "Fitting", "Formats", "1"));
        using var applied = old.ForCatalog(shop.Catalog, shop.Catalog);
        for (int row = 0; row < shop.Catalog.Count; row++) Assert.Equal(old.Items[row].ToArray(), applied.Items[row].ToArray());
        Assert.Contains("Fit the features anew", Assert.Throws<InvalidOperationException>(() => old.ForCatalog(shop.Catalog, new TestShop(1, items: 41).Catalog)).Message, StringComparison.Ordinal);
    }
}
