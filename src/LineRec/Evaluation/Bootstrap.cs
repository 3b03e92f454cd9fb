using System.Runtime.Intrinsics;

namespace LineRec;

/// <summary>
/// Percentile bootstrap intervals with whole units (users, sessions) drawn again, so that several predictions of one session aren't taken
/// for independent ones. A unit brings the sum of its values and their number; a mean is Σ sums / Σ numbers.
/// B. Efron and R. Tibshirani, "An Introduction to the Bootstrap" (1993), chapters 8 and 13.
/// </summary>
/// <remarks>Thread-safe. The same seed gives the same interval on every machine. O(resamples × units).</remarks>
public static class Bootstrap
{
    /// <summary>The mean with its interval.</summary>
    /// <param name="sums">Each unit's sum of values.</param>
    /// <param name="counts">How many values each unit has.</param>
    /// <param name="resamples">How many resamples, 1 or more.</param>
    /// <param name="seed">Seeds them.</param>
    /// <param name="level">The interval's coverage, over 0 and under 1.</param>
    /// <exception cref="ArgumentException">There is no unit, or the lengths differ.</exception>
    public static ConfidenceInterval Mean(
        ReadOnlySpan<double> sums, ReadOnlySpan<double> counts, int resamples = EvaluationDefaults.Resamples, ulong seed = EvaluationDefaults.Seed, double level = EvaluationDefaults.ConfidenceLevel)
    {
        var means = Resample([sums.ToArray()], counts.ToArray(), resamples, seed);
        return Interval(MeanOf(sums, counts), means[0], level);
    }

    /// <summary>The difference of two systems' means on the same units, with its interval: in each resample both have the same units.</summary>
    /// <param name="sums">Each unit's sum of values of the first system.</param>
    /// <param name="otherSums">The same of the system that is subtracted.</param>
    /// <param name="counts">How many values each unit has, for both.</param>
    /// <param name="resamples">How many resamples, 1 or more.</param>
    /// <param name="seed">Seeds them.</param>
    /// <param name="level">The interval's coverage, over 0 and under 1.</param>
    /// <exception cref="ArgumentException">There is no unit, or the lengths differ.</exception>
    public static ConfidenceInterval Difference(
        ReadOnlySpan<double> sums, ReadOnlySpan<double> otherSums, ReadOnlySpan<double> counts, int resamples = EvaluationDefaults.Resamples, ulong seed = EvaluationDefaults.Seed, double level = EvaluationDefaults.ConfidenceLevel)
    {
        var means = Resample([sums.ToArray(), otherSums.ToArray()], counts.ToArray(), resamples, seed);
        return Difference(MeanOf(sums, counts), means[0], MeanOf(otherSums, counts), means[1], level);
    }

    internal static ConfidenceInterval Difference(double value, double[] means, double otherValue, double[] otherMeans, double level)
    {
        var differences = new double[means.Length];
        for (int i = 0; i < differences.Length; i++) differences[i] = means[i] - otherMeans[i];
        return Interval(value - otherValue, differences, level);
    }

    internal static double MeanOf(ReadOnlySpan<double> sums, ReadOnlySpan<double> counts)
    {
        double sum = 0, count = 0;
        foreach (double value in sums) sum += value;
        foreach (double value in counts) count += value;
        return sum / count;
    }

    /// <summary>The means of several vectors over the same resamples, [vector][resample].</summary>
    internal static double[][] Resample(double[][] sums, double[] counts, int resamples, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(resamples);
        if (counts.Length == 0) throw new ArgumentException("A bootstrap needs at least one unit.", nameof(counts));
        if (Array.Exists(sums, s => s.Length != counts.Length)) throw new ArgumentException($"Every vector must have a value for each of the {counts.Length} units.", nameof(sums));
        var means = sums.Select(_ => new double[resamples]).ToArray();
        Parallel.For(
            0,
            resamples,
            () => new double[counts.Length],
            (resample, _, times) =>
            {
                // How often each unit is drawn; each resample has a child seed of its own, so threads don't change the result.
                Array.Clear(times);
                var random = new SplitMix64(SplitMix64.Mix(SplitMix64.Mix(seed) + (ulong)resample));
                for (int i = 0; i < times.Length; i++) times[random.Next(times.Length)]++;
                double count = Dot(times, counts);
                for (int v = 0; v < sums.Length; v++) means[v][resample] = Dot(times, sums[v]) / count;
                return times;
            },
            _ => { });
        return means;
    }

    /// <summary>The percentile interval of resampled values, with linear interpolation between order statistics.</summary>
    internal static ConfidenceInterval Interval(double value, double[] resampled, double level)
    {
        if (level is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(level), level, "A confidence level is over 0 and under 1.");
        double[] sorted = [.. resampled];
        Array.Sort(sorted);
        return new ConfidenceInterval(value, Percentile(sorted, (1 - level) / 2), Percentile(sorted, (1 + level) / 2));
    }

    private static double Percentile(double[] sorted, double share)
    {
        double at = share * (sorted.Length - 1);
        int below = (int)at;
        return below + 1 < sorted.Length ? sorted[below] + ((at - below) * (sorted[below + 1] - sorted[below])) : sorted[^1];
    }

    /// <summary>In four fixed lanes, whatever the machine's vectors are, so that the sum's last bits are the same everywhere.</summary>
    private static double Dot(double[] x, double[] y)
    {
        var sum = Vector256<double>.Zero;
        int i = 0;
        for (; i <= x.Length - 4; i += 4) sum += Vector256.Create<double>(x.AsSpan(i)) * Vector256.Create<double>(y.AsSpan(i));
        double rest = 0;
        for (; i < x.Length; i++) rest += x[i] * y[i];
        return Vector256.Sum(sum) + rest;
    }
}
