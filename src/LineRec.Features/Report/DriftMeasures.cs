namespace LineRec.Features;

/// <summary>Distances between the distributions of one column in two periods.</summary>
public static class DriftMeasures
{
    private const int PsiBins = 10;
    private const double LeastShare = 1e-4;

    /// <summary>
    /// The population stability index Σ (a - e) · ln(a / e) over bins, e and a the bins' shares before and after; shares under 10⁻⁴ count as 10⁻⁴.
    /// N. Siddiqi, "Credit risk scorecards" (2006): under 0.1 little change, 0.1 to 0.25 some, over 0.25 much.
    /// </summary>
    /// <param name="before">Counts a bin of the earlier period.</param>
    /// <param name="after">Counts of the same bins later.</param>
    /// <returns>0 or more; 0 where a period has no rows.</returns>
    /// <exception cref="ArgumentException">There aren't as many bins.</exception>
    public static double Psi(ReadOnlySpan<long> before, ReadOnlySpan<long> after)
    {
        if (before.Length != after.Length) throw new ArgumentException($"The periods have {before.Length} and {after.Length} bins; they must be the same.", nameof(after));
        double allBefore = 0, allAfter = 0, sum = 0;
        for (int i = 0; i < before.Length; i++) (allBefore, allAfter) = (allBefore + before[i], allAfter + after[i]);
        if (allBefore == 0 || allAfter == 0) return 0;
        for (int i = 0; i < before.Length; i++)
        {
            double e = Math.Max(LeastShare, before[i] / allBefore), a = Math.Max(LeastShare, after[i] / allAfter);
            sum += (a - e) * Math.Log(a / e);
        }

        return sum;
    }

    /// <summary>The largest distance of the two empirical distribution functions: N. V. Smirnov, "Table for estimating the goodness of fit of empirical distributions", Annals of Mathematical Statistics 19 (1948). O(n).</summary>
    /// <param name="before">The earlier values in ascending order, at least one.</param>
    /// <param name="after">The later ones, likewise.</param>
    public static double Ks(ReadOnlySpan<double> before, ReadOnlySpan<double> after)
    {
        double distance = 0;
        int i = 0, j = 0;
        while (i < before.Length && j < after.Length)
        {
            double at = Math.Min(before[i], after[j]);
            while (i < before.Length && before[i] <= at) i++;
            while (j < after.Length && after[j] <= at) j++;
            distance = Math.Max(distance, Math.Abs(((double)i / before.Length) - ((double)j / after.Length)));
        }

        return distance;
    }

    /// <summary>
    /// The chance of a distance at least as large between two samples of one continuous distribution, by Kolmogorov's limit with the correction of
    /// M. A. Stephens, "Use of the Kolmogorov-Smirnov, Cramér-von Mises and related statistics without extensive tables", J. Royal Statistical Society B 32 (1970).
    /// </summary>
    /// <param name="distance">The distance, 0 to 1.</param>
    /// <param name="before">How many earlier values, 1 or more.</param>
    /// <param name="after">How many later ones, 1 or more.</param>
    public static double KsPValue(double distance, long before, long after)
    {
        double root = Math.Sqrt((double)before * after / (before + after));
        double x = (root + 0.12 + (0.11 / root)) * distance;
        if (x < 0.2) return 1; // the series converges slowly there, its sum is 1 to 12 digits
        double sum = 0;
        for (int k = 1; k <= 100; k++) sum += (k % 2 == 1 ? 2 : -2) * Math.Exp(-2 * x * x * k * k);
        return Math.Clamp(sum, 0, 1);
    }

    /// <summary>Counts values in the tenths of the earlier period (up to and with each quantile) and, last, the missing ones.</summary>
    internal static (long[] Before, long[] After) Bins(ReportedColumn before, ReportedColumn after)
    {
        double[] edges = Edges(before.Sample);
        return (Count(before), Count(after));

        long[] Count(ReportedColumn column)
        {
            // The sample stands for all known values.
            var counts = new long[edges.Length + 2];
            foreach (double value in column.Sample)
            {
                int bin = Array.BinarySearch(edges, value);
                counts[bin < 0 ? ~bin : bin]++;
            }

            counts[^1] = column.Rows == column.Known ? 0 : column.Known == 0 ? 1 : (long)Math.Round((double)(column.Rows - column.Known) / column.Known * column.Sample.Length);
            return counts;
        }
    }

    private static double[] Edges(double[] ascending)
    {
        if (ascending.Length == 0) return [];
        // A constant has a bin for what is under it, one for itself and one for what is over it.
        if (ascending[0] == ascending[^1]) return [Math.BitDecrement(ascending[0]), ascending[0]];
        return [.. Enumerable.Range(1, PsiBins - 1).Select(i => Quantiles.At(ascending, (double)i / PsiBins)).Distinct()];
    }
}
