using CsCheck;

namespace LineRec.Abstractions.Tests.Models;

public sealed class WilsonScoreTests
{
    /// <summary>10 of 100: the interval that textbooks give is 0.0552 to 0.1744.</summary>
    [Fact]
    public void It_equals_the_textbook()
    {
        Assert.Equal(0.0552, WilsonScore.Lower(10, 100), 4);
        Assert.Equal(0.1744, WilsonScore.Upper(10, 100), 4);
    }

    [Fact]
    public void Without_trials_nothing_is_known() => Assert.Equal((0.0, 0.5, 1.0), (WilsonScore.Lower(0, 0), WilsonScore.Centre(0, 0), WilsonScore.Upper(0, 0)));

    [Fact]
    public void The_interval_holds_the_rate_and_narrows_with_trials() => Gen.Select(Gen.Int[1, 1000], Gen.Double[0, 1]).Sample((trials, share) =>
    {
        double successes = share * trials, rate = successes / trials;
        Assert.InRange(rate, WilsonScore.Lower(successes, trials) - 1e-12, WilsonScore.Upper(successes, trials) + 1e-12);
        double Width(double n) => WilsonScore.Upper(rate * n, n) - WilsonScore.Lower(rate * n, n);
        Assert.True(Width(trials * 2.0) < Width(trials));
    });

    [Theory]
    [InlineData(2, 1)]
    [InlineData(-1, 1)]
    [InlineData(double.NaN, 1)]
    [InlineData(0, -1)]
    public void Impossible_counts_are_refused(double successes, double trials) => Assert.Throws<ArgumentOutOfRangeException>(() => WilsonScore.Lower(successes, trials));
}
