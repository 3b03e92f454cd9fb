using CsCheck;

namespace LineRec.Features.Tests.Report;

public class DriftMeasuresTests
{
    [Fact]
    public void Psi_is_the_sum_over_bins()
    {
        // Shares 0.5, 0.5 and 0.25, 0.75: -0.25 ln 0.5 + 0.25 ln 1.5
        Assert.Equal((0.25 * Math.Log(2)) + (0.25 * Math.Log(1.5)), DriftMeasures.Psi([5, 5], [1, 3]), 12);
        Assert.Equal(0, DriftMeasures.Psi([1, 2, 3], [10, 20, 30]), 12);
        Assert.Equal(0, DriftMeasures.Psi([0, 0], [1, 3]));
        Assert.Equal((0.5 - 1e-4) * Math.Log(0.5 / 1e-4) + (-0.5 * Math.Log(0.5)), DriftMeasures.Psi([4, 0], [2, 2]), 12); // an empty bin counts as 10⁻⁴
        Assert.Contains("2 and 1 bins", Assert.Throws<ArgumentException>(() => DriftMeasures.Psi([1, 2], [1])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ks_is_the_largest_distance_of_the_distribution_functions()
    {
        Assert.Equal(1, DriftMeasures.Ks([1, 2, 3], [4, 5]));
        Assert.Equal(0, DriftMeasures.Ks([1, 2], [1, 1, 2, 2]));
        Assert.Equal(0.5, DriftMeasures.Ks([1, 2, 3, 4], [3, 4, 5, 6]));
        Assert.Equal(0.5, DriftMeasures.Ks([1, 1, 1, 1], [1, 2]), 12);
    }

    [Fact]
    public void Ks_agrees_with_the_definition_at_every_value()
    {
        Gen.Select(Gen.Int[0, 12].Array[1, 40], Gen.Int[0, 12].Array[1, 40]).Sample((a, b) =>
        {
            double expected = Enumerable.Range(0, 13).Max(x => Math.Abs(((double)a.Count(v => v <= x) / a.Length) - ((double)b.Count(v => v <= x) / b.Length)));
            Assert.Equal(expected, DriftMeasures.Ks([.. a.Select(v => (double)v).Order()], [.. b.Select(v => (double)v).Order()]), 12);
        }, iter: 500, threads: 1);
    }

    /// <summary>Kolmogorov's limit: 1.3581 is its 95 % point, 1.6276 its 99 % point (Smirnov 1948, table).</summary>
    [Theory]
    [InlineData(1.3581, 0.05)]
    [InlineData(1.6276, 0.01)]
    [InlineData(0.8276, 0.5)]
    public void The_p_value_has_the_published_points(double x, double p)
    {
        const long Many = 2_000_000_000; // the correction vanishes
        Assert.Equal(p, DriftMeasures.KsPValue(x / Math.Sqrt(Many / 2.0), Many, Many), 3);
        Assert.Equal(1, DriftMeasures.KsPValue(0, 10, 10));
        Assert.InRange(DriftMeasures.KsPValue(1, 1000, 1000), 0, 1e-12);
    }
}
