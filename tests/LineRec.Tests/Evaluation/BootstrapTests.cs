namespace LineRec.Tests.Evaluation;

public sealed class BootstrapTests
{
    private const ulong Seed = 7;

    // Computed apart from this library, by SplitMix64 with integers of any size.
    private const double GoldenLow = 2.89;
    private const double GoldenHigh = 6.1;

    [Fact]
    public void The_same_seed_gives_the_same_interval_and_another_seed_another()
    {
        var (sums, counts) = Sample(200, seed: 1);
        var first = Bootstrap.Mean(sums, counts, seed: Seed);
        Assert.Equal(first, Bootstrap.Mean(sums, counts, seed: Seed));
        Assert.NotEqual(first, Bootstrap.Mean(sums, counts, seed: Seed + 1));
    }

    [Fact]
    public void The_seed_gives_the_numbers_written_down_here_on_every_machine()
    {
        double[] sums = [.. Enumerable.Range(0, 10).Select(i => (double)i)], counts = [.. Enumerable.Repeat(1.0, 10)];
        var interval = Bootstrap.Mean(sums, counts, resamples: 100, seed: Seed);
        Assert.Equal(4.5, interval.Value);
        Assert.Equal(GoldenLow, interval.Low, 12);
        Assert.Equal(GoldenHigh, interval.High, 12);
    }

    [Fact]
    public void Units_that_are_all_alike_leave_no_doubt()
    {
        var interval = Bootstrap.Mean([2, 4, 6], [1, 2, 3]);
        Assert.Equal(new ConfidenceInterval(2, 2, 2), interval);
    }

    [Fact]
    public void The_mean_is_over_values_and_not_over_units() =>
        Assert.Equal((1.0 + 0) / 4, Bootstrap.Mean([1, 0], [1, 3]).Value);

    [Fact]
    public void The_interval_is_as_wide_as_the_normal_approximation_says()
    {
        var (sums, counts) = Sample(1000, seed: 2);
        double mean = sums.Average(), deviation = Math.Sqrt(sums.Average(v => (v - mean) * (v - mean)) / sums.Length);
        var interval = Bootstrap.Mean(sums, counts, seed: Seed);
        Assert.InRange((interval.High - interval.Low) / (2 * 1.96 * deviation), 0.9, 1.1);
        Assert.InRange(mean, interval.Low, interval.High);
    }

    [Fact]
    public void About_95_of_100_intervals_hold_the_true_mean()
    {
        const int Trials = 300;
        int held = 0;
        for (ulong trial = 0; trial < Trials; trial++)
        {
            var (sums, counts) = Sample(80, seed: trial);
            var interval = Bootstrap.Mean(sums, counts, resamples: 400, seed: trial);
            if (interval.Low <= 0.5 && 0.5 <= interval.High) held++;
        }

        Assert.InRange(held / (double)Trials, 0.91, 0.985); // three standard errors of a binomial about .95
    }

    [Fact]
    public void Repeating_the_predictions_of_a_session_does_not_narrow_the_interval()
    {
        var (sums, counts) = Sample(300, seed: 3);
        var once = Bootstrap.Mean(sums, counts, seed: Seed);
        var tenTimes = Bootstrap.Mean([.. sums.Select(s => s * 10)], [.. counts.Select(c => c * 10)], seed: Seed);
        Assert.Equal(once.Low, tenTimes.Low, 12);
        Assert.Equal(once.High, tenTimes.High, 12);
    }

    [Fact]
    public void A_system_does_not_differ_from_itself_and_a_constant_lead_is_certain()
    {
        var (sums, counts) = Sample(100, seed: 4);
        Assert.Equal(new ConfidenceInterval(0, 0, 0), Bootstrap.Difference(sums, sums, counts));
        var lead = Bootstrap.Difference([.. sums.Select(s => s + 0.25)], sums, counts);
        Assert.Equal(0.25, lead.Low, 12);
        Assert.Equal(0.25, lead.High, 12);
    }

    [Fact]
    public void Pairing_sees_a_lead_that_separate_intervals_hide()
    {
        var (sums, counts) = Sample(200, seed: 5);
        double[] better = [.. sums.Select((s, i) => s + (i % 2 == 0 ? 0.02 : 0.01))];
        var (one, other, difference) = (Bootstrap.Mean(better, counts), Bootstrap.Mean(sums, counts), Bootstrap.Difference(better, sums, counts));
        Assert.True(one.Low < other.High);
        Assert.True(difference.Low > 0);
    }

    [Fact]
    public void Bad_input_is_named()
    {
        Assert.Throws<ArgumentException>(() => Bootstrap.Mean([], []));
        Assert.Throws<ArgumentException>(() => Bootstrap.Mean([1], [1, 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Bootstrap.Mean([1], [1], resamples: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Bootstrap.Mean([1], [1], level: 1));
    }

    /// <summary>One uniform value a unit: the true mean is 0.5.</summary>
    private static (double[] Sums, double[] Counts) Sample(int units, ulong seed)
    {
        var random = new Random((int)seed);
        return ([.. Enumerable.Range(0, units).Select(_ => random.NextDouble())], [.. Enumerable.Repeat(1.0, units)]);
    }
}
