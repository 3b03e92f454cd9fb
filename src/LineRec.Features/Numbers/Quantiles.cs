namespace LineRec.Features;

/// <summary>
/// Quantiles by linear interpolation between order statistics: type 7 of R. J. Hyndman, Y. Fan, "Sample quantiles in statistical packages",
/// The American Statistician 50 (1996); the default of R and NumPy.
/// </summary>
internal static class Quantiles
{
    /// <summary>The quantile at a share; 0 where there are no values.</summary>
    /// <param name="ascending">Values in ascending order.</param>
    /// <param name="share">0 to 1.</param>
    internal static double At(ReadOnlySpan<double> ascending, double share)
    {
        if (ascending.IsEmpty) return 0;
        double place = share * (ascending.Length - 1);
        int below = Math.Min((int)place, ascending.Length - 1);
        double low = ascending[below], high = ascending[Math.Min(below + 1, ascending.Length - 1)];
        return low == high ? low : low + ((place - below) * (high - low));
    }

    /// <summary>Evenly spaced order statistics, from the least to the greatest value; all values where there are no more.</summary>
    internal static double[] Thin(double[] ascending, int most) =>
        ascending.Length <= most ? ascending : [.. Enumerable.Range(0, most).Select(i => ascending[(long)i * (ascending.Length - 1) / (most - 1)])];
}
