namespace LineRec.Features.Tests.Item;

public class BagFeatureTests
{
    [Fact]
    public void Multi_hot_has_a_column_for_each_frequent_value_of_the_lists()
    {
        using var fitted = TextFit.Of(new BagFeature { Column = "x", MaxValues = 2 }, TextFit.Items("red|blue", "red", "green| blue |red|red", null, "||", "green|绿"));
        Assert.Equal(["x+red", "x+blue", "x:other_parts"], fitted.Names()); // blue and green are of two items each: ordinal order decides
        Assert.Equal([1f, 1f, 0f], fitted.Row(0));
        Assert.Equal([1f, 0f, 0f], fitted.Row(1));
        Assert.Equal([1f, 1f, 1f], fitted.Row(2));
        Assert.Equal([0f, 0f, 0f], fitted.Row(3));
        Assert.Equal([0f, 0f, 0f], fitted.Row(4));
        Assert.Equal([0f, 0f, 2f], fitted.Row(5));
    }

    [Fact]
    public void Weights_add_up_and_may_be_normalised()
    {
        var catalog = TextFit.Items("red:0.5|blue:1.5|red:1", "blue", "a:b:-3");
        using var fitted = TextFit.Of(new BagFeature { Column = "x", WeightSeparator = ":" }, catalog);
        Assert.Equal(["x+blue", "x+a:b", "x+red", "x:other_parts"], fitted.Names());
        Assert.Equal([1.5f, 0f, 1.5f, 0f], fitted.Row(0));
        Assert.Equal([1f, 0f, 0f, 0f], fitted.Row(1));
        Assert.Equal([0f, -3f, 0f, 0f], fitted.Row(2));
        using var normalised = TextFit.Of(new BagFeature { Column = "x", WeightSeparator = ":", Normalise = true, MaxValues = 1 }, catalog);
        Assert.Equal([0.5f, 0.5f], normalised.Row(0));
        Assert.Equal([0f, -1f], normalised.Row(2));
    }

    [Fact]
    public void Later_items_have_the_columns_of_the_fit()
    {
        var catalog = TextFit.Items("red|blue", "red");
        using var fitted = TextFit.Of(new BagFeature { Column = "x" }, catalog);
        using var applied = fitted.ForCatalog(catalog, TextFit.Items("new|blue|newer"));
        Assert.Equal(["x+red", "x+blue", "x:other_parts"], applied.Names());
        Assert.Equal([0f, 1f, 2f], applied.Row(0));
    }

    [Theory]
    [InlineData("red:much")]
    [InlineData("red:NaN")]
    [InlineData("red:")]
    public void A_weight_that_is_no_number_is_refused_by_name(string text) =>
        Assert.Contains($"has '{text}' in 'a|{text}'", Assert.Throws<ArgumentException>(() => TextFit.Of(new BagFeature { Column = "x", WeightSeparator = ":" }, TextFit.Items($"a|{text}"))).Message, StringComparison.Ordinal);
}
