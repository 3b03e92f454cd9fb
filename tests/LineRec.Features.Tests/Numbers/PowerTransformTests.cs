using CsCheck;

namespace LineRec.Features.Tests.Numbers;

public class PowerTransformTests
{
    /// <summary>The example of scikit-learn's PowerTransformer documentation: λ and outputs of columns (1, 3, 4) and (2, 2, 5).</summary>
    [Fact]
    public void Yeo_Johnson_finds_the_published_lambdas()
    {
        using var first = NumberFit.Of(new YeoJohnsonTransform(), 1f, 3f, 4f);
        Assert.InRange(first.ItemColumns[0].Parameters![0], 1.386, 1.387);
        AssertTruncated([-1.316f, 0.209f, 1.106f], first.Column(0));
        using var second = NumberFit.Of(new YeoJohnsonTransform(), 2f, 2f, 5f);
        Assert.InRange(second.ItemColumns[0].Parameters![0], -3.101, -3.100);
        AssertTruncated([-0.707f, -0.707f, 1.414f], second.Column(0));

        // The documentation prints three digits and cuts the rest off.
        static void AssertTruncated(float[] printed, float[] actual) => Assert.Equal(printed, actual.Select(v => MathF.Truncate(v * 1000f) / 1000f));
    }

    [Fact]
    public void Numbers_whose_logs_are_symmetric_need_the_logarithm()
    {
        using var fitted = NumberFit.Of(new BoxCoxTransform(), MathF.Exp(-2f), MathF.Exp(-1f), 1f, MathF.E, MathF.Exp(2f));
        Assert.Equal(0, fitted.ItemColumns[0].Parameters![0], 5);
        NumberFit.AssertClose([-MathF.Sqrt(2f), -MathF.Sqrt(0.5f), 0f, MathF.Sqrt(0.5f), MathF.Sqrt(2f)], fitted.Column(0));
    }

    [Fact]
    public void Numbers_symmetric_about_0_are_left_as_they_are()
    {
        using var fitted = NumberFit.Of(new YeoJohnsonTransform(), -3f, -1f, 0f, 1f, 3f);
        Assert.Equal(1, fitted.ItemColumns[0].Parameters![0], 6);
        NumberFit.AssertClose([-1.5f, -0.5f, 0f, 0.5f, 1.5f], fitted.Column(0), 5); // variance (9 + 1 + 0 + 1 + 9) / 5 = 4
    }

    [Theory]
    [InlineData(3, 2, 7.5)] // ((3 + 1)² - 1) / 2
    [InlineData(3, 0, 1.3862943611198906)] // log 4
    [InlineData(-3, 2, -1.3862943611198906)] // -log 4
    [InlineData(-3, 0, -7.5)] // -((1 + 3)² - 1) / 2
    [InlineData(0, 0.7, 0)]
    public void Yeo_Johnson_is_the_published_formula(double x, double lambda, double expected) =>
        Assert.Equal(expected, YeoJohnsonTransform.Power(x, lambda), 12);

    [Theory]
    [InlineData(9, 0.5, 4)] // (3 - 1) / 0.5
    [InlineData(2, -1, 0.5)] // (1/2 - 1) / -1
    [InlineData(2, 0, 0.6931471805599453)]
    [InlineData(7, 1, 6)]
    public void Box_Cox_is_the_published_formula(double x, double lambda, double expected) => Assert.Equal(expected, BoxCoxTransform.Power(x, lambda), 12);

    [Fact]
    public void Lambda_is_where_the_likelihood_is_highest()
    {
        Gen.Float[0.01f, 500f].Array[3, 30].Sample(numbers =>
        {
            double Likelihood(Func<double, double, double> power, Func<double, double> slope, double lambda)
            {
                double mean = numbers.Average(x => power(x, lambda));
                return ((lambda - 1) * numbers.Sum(x => slope(x))) - (numbers.Length / 2.0 * Math.Log(numbers.Average(x => Math.Pow(power(x, lambda) - mean, 2))));
            }

            foreach (var (transform, power, slope) in new (NumberTransform, Func<double, double, double>, Func<double, double>)[] { (new BoxCoxTransform(), BoxCoxTransform.Power, x => Math.Log(x)), (new YeoJohnsonTransform(), YeoJohnsonTransform.Power, x => Math.Log(1 + x)) })
            {
                using var fitted = NumberFit.Of(transform, numbers);
                double found = Likelihood(power, slope, fitted.ItemColumns[0].Parameters![0]);
                for (double l = -3; l <= 3; l += 0.125) Assert.True(Likelihood(power, slope, l) <= found + 1e-6, $"λ {l} is likelier than {fitted.ItemColumns[0].Parameters![0]} for {string.Join(' ', numbers)}");
            }
        }, iter: 100, seed: "0000000000000");
    }

    [Fact]
    public void Negative_numbers_are_mirrored_with_two_minus_lambda()
    {
        float[] numbers = [1f, 2f, 3f, 10f, 50f];
        using var positive = NumberFit.Of(new YeoJohnsonTransform(), numbers);
        using var negative = NumberFit.Of(new YeoJohnsonTransform(), [.. numbers.Select(x => -x)]);
        Assert.Equal(2 - positive.ItemColumns[0].Parameters![0], negative.ItemColumns[0].Parameters![0], 6);
        NumberFit.AssertClose([.. positive.Column(0).Select(v => -v)], negative.Column(0));
    }

    [Fact]
    public void Box_Cox_refuses_what_is_not_over_0_and_says_how_many_and_what_to_do()
    {
        string message = Assert.Throws<ArgumentException>(() => NumberFit.Of(new BoxCoxTransform(), 5f, 0f, -3f, float.NaN)).Message;
        Assert.Contains("column 'x' has 2 of 3 that aren't, the least is -3", message, StringComparison.Ordinal);
        Assert.Contains("YeoJohnsonTransform", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_later_number_that_Box_Cox_cannot_take_counts_as_missing()
    {
        float[] numbers = [1f, 2f, 4f];
        using var fitted = NumberFit.Of(new BoxCoxTransform(), numbers);
        using var applied = fitted.ForCatalog(NumberFit.Items(numbers), NumberFit.Items(-1f, 2f));
        Assert.Equal([0f, 1f], applied.Items[0].ToArray());
        Assert.Equal(fitted.Items[1].ToArray(), applied.Items[1].ToArray());
    }

    [Fact]
    public void Large_numbers_that_differ_little_keep_their_differences()
    {
        // λ far from 1 makes x^λ nearly constant; in single precision all would be equal.
        float[] numbers = [.. Enumerable.Range(0, 200).Select(i => 1e6f / (1f + i))];
        using var fitted = NumberFit.Of(new BoxCoxTransform(), numbers);
        Assert.Equal(200, fitted.Column(0).Distinct().Count());
        Assert.Equal(0, fitted.Column(0).Average(), 4);
        Assert.Equal(1, fitted.Column(0).Average(v => v * v), 4);
    }
}
