namespace LineRec.Features.Tests.Numbers;

public class QuantileTransformTests
{
    [Fact]
    public void Places_are_shares_of_the_way_and_interpolated_between()
    {
        using var fitted = NumberFit.Of(new QuantileTransform(), 10f, 0f, 20f, 40f, 100f);
        Assert.Equal([0.25f, 0f, 0.5f, 0.75f, 1f], fitted.Column(0));
        using var applied = fitted.ForCatalog(NumberFit.Items(10f, 0f, 20f, 40f, 100f), NumberFit.Items(-3f, 5f, 70f, 101f));
        Assert.Equal([0f, 0.125f, 0.875f, 1f], applied.Column(0));
    }

    [Fact]
    public void Equal_numbers_share_the_middle_of_their_run()
    {
        using var fitted = NumberFit.Of(new QuantileTransform(), 1f, 2f, 2f, 2f, 3f);
        Assert.Equal([0f, 0.5f, 0.5f, 0.5f, 1f], fitted.Column(0));
        using var constant = NumberFit.Of(new QuantileTransform(), 7f, 7f);
        Assert.Equal([0.5f, 0.5f], constant.Column(0));
    }

    [Fact]
    public void Few_quantiles_are_kept_of_many_numbers()
    {
        float[] numbers = [.. Enumerable.Range(0, 1001).Select(i => (float)i)];
        using var fitted = NumberFit.Of(new QuantileTransform { Quantiles = 5 }, numbers);
        Assert.Equal([0.0, 250.0, 500.0, 750.0, 1000.0], fitted.ItemColumns[0].Parameters);
        Assert.Equal(0.333f, fitted.Items[333][0], 5);
    }

    [Fact]
    public void Normal_scores_are_normal_quantiles_of_the_places()
    {
        using var fitted = NumberFit.Of(new QuantileTransform { Output = QuantileOutput.Normal }, 1f, 2f, 3f, 4f, 5f);
        NumberFit.AssertClose([-5.1993376f, -0.6744898f, 0f, 0.6744898f, 5.1993376f], fitted.Column("x_quantile_normal"));
    }

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.975, 1.959963984540054)]
    [InlineData(0.25, -0.6744897501960817)]
    [InlineData(0.001, -3.090232306167814)]
    [InlineData(1e-7, -5.199337582192817)]
    public void The_normal_quantile_is_exact_to_the_last_digits(double p, double z) => Assert.Equal(z, NormalQuantile.At(p), 12);

    [Fact]
    public void Fewer_than_2_quantiles_are_refused() =>
        Assert.Contains("Quantiles of column 'x' is 1", Assert.Throws<ArgumentException>(() => NumberFit.Of(new QuantileTransform { Quantiles = 1 }, 1f, 2f)).Message, StringComparison.Ordinal);
}
