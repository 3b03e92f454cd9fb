namespace LineRec.Features.Tests.Item;

public class CategoryFeatureTests
{
    [Fact]
    public void An_ordinal_value_is_its_place_in_the_declared_order()
    {
        using var fitted = TextFit.Of(new OrdinalFeature { Column = "x", Order = ["S", "M", "L", "XL"] }, TextFit.Items("L", "S", "XL", null, "M", "s", "XXL"));
        Assert.Equal(["x_ordinal", "x_ordinal_missing"], fitted.Names());
        Assert.Equal((1.5f, MathF.Sqrt(1.25f)), (fitted.ItemColumns[0].Mean, fitted.ItemColumns[0].Deviation));
        TextFit.AssertClose([2f, 0f, 3f, 1.5f, 1f, 1.5f, 1.5f], fitted.Raw(0)); // another case and an undeclared value are missing: the mean
        Assert.Equal([0f, 0f, 0f, 1f, 0f, 1f, 1f], Enumerable.Range(0, 7).Select(row => fitted.Items[row][1]));
    }

    [Fact]
    public void An_order_that_is_empty_or_names_a_value_twice_is_refused()
    {
        Assert.Contains("names 'M' twice", Assert.Throws<ArgumentException>(() => TextFit.Of(new OrdinalFeature { Column = "x", Order = ["M", "M"] }, TextFit.Items("M"))).Message, StringComparison.Ordinal);
        Assert.Contains("Order of column 'x' is empty", Assert.Throws<ArgumentException>(() => TextFit.Of(new OrdinalFeature { Column = "x", Order = [] }, TextFit.Items("M"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_frequency_is_the_share_of_items_with_the_value()
    {
        using var fitted = TextFit.Of(new FrequencyFeature { Column = "x" }, TextFit.Items("café", "café", "茶", null));
        TextFit.AssertClose([0.5f, 0.5f, 0.25f, 1.25f / 3f], fitted.Raw(0)); // missing: the mean
        Assert.Equal([0f, 0f, 0f, 1f], Enumerable.Range(0, 4).Select(row => fitted.Items[row][1]));
        Assert.Equal(0.25f, fitted.ItemColumns[0].Values!["茶"]);
        using var ranked = TextFit.Of(new FrequencyFeature { Column = "x", Transform = new MinMaxTransform() }, TextFit.Items("a", "a", "a", "b"));
        Assert.Equal(["x_frequency_minmax", "x_frequency_minmax_missing"], ranked.Names());
        Assert.Equal([1f, 1f, 1f, 0f], Enumerable.Range(0, 4).Select(row => ranked.Items[row][0]));
    }

    [Fact]
    public void A_value_that_only_later_items_have_is_as_rare_as_can_be()
    {
        var catalog = TextFit.Items("a", "a", "b", "a");
        using var fitted = TextFit.Of(new FrequencyFeature { Column = "x" }, catalog);
        using var applied = fitted.ForCatalog(catalog, TextFit.Items("new", "a", null, "b"));
        TextFit.AssertClose([0f, 0.75f, fitted.ItemColumns[0].Mean, 0.25f], applied.Raw(0));
        Assert.Equal(fitted.Row(1), applied.Row(1));
        Assert.Equal(fitted.Row(2), applied.Row(3));
        Assert.Equal([0f, 1f], applied.Row(2));
    }

    [Fact]
    public void One_hot_keeps_its_columns_for_later_items()
    {
        var catalog = TextFit.Items("a", "a", "b", "c");
        using var fitted = TextFit.Of(new OneHotFeature { Column = "x", MaxValues = 2 }, catalog);
        using var applied = fitted.ForCatalog(catalog, TextFit.Items("b", "b", "b", "new", null, "a"));
        Assert.Equal(["x=a", "x=b", "x:other"], applied.Names());
        Assert.Equal([0f, 1f, 0f], applied.Row(0));
        Assert.Equal([0f, 0f, 1f], applied.Row(3));
        Assert.Equal([0f, 0f, 0f], applied.Row(4));
        Assert.Equal([1f, 0f, 0f], applied.Row(5));
    }

    [Fact]
    public void A_column_of_nothing_and_a_column_of_one_value_are_finite()
    {
        ItemFeature[] features = [new OrdinalFeature { Column = "x", Order = ["a"] }, new FrequencyFeature { Column = "x" }, new TargetRateFeature { Column = "x" }, new BagFeature { Column = "x" }, new HashFeature { Column = "x" }];
        foreach (var feature in features)
        {
            foreach (var catalog in new[] { TextFit.Items(null, null), TextFit.Items("a", "a"), TextFit.Items("a"), TextFit.Items() })
            {
                using var fitted = TextFit.Of(feature, catalog);
                Assert.All(Enumerable.Range(0, catalog.Count).SelectMany(fitted.Row), v => Assert.True(float.IsFinite(v)));
            }
        }
    }
}
