namespace LineRec.Features;

/// <summary>
/// The value's place in the fitted distribution, 0 to 1, or the standard normal quantile of that place (inverse normal scores; places are cut to
/// 10⁻⁷ from the ends, so ±5.2). Quantiles are interpolated linearly (Hyndman and Fan 1996, type 7), and places between them too; equal
/// quantiles share the middle of their run, so a constant column is 0.5 (normal: 0). B. M. Bolstad et al., "A comparison of normalization
/// methods", Bioinformatics 19 (2003). O(log quantiles) a value.
/// </summary>
public sealed record QuantileTransform : NumberTransform
{
    /// <summary>The quantiles that are kept where nothing else is said.</summary>
    public const int DefaultQuantiles = 1000;

    private const double NormalCut = 1e-7;

    /// <summary>How many quantiles are kept at the most, 2 or more; fewer where there are fewer values. 0 means <see cref="DefaultQuantiles"/>.</summary>
    public int Quantiles { get; init; }

    /// <summary>What is mapped to. Default uniform.</summary>
    public QuantileOutput Output { get; init; }

    internal override string Suffix => Output == QuantileOutput.Normal ? "quantile_normal" : "quantile";

    internal override double[] Learn(string column, double[] ascending)
    {
        int most = Quantiles == 0 ? DefaultQuantiles : Quantiles;
        if (most < 2) throw new ArgumentException($"QuantileTransform.Quantiles of column '{column}' is {Quantiles}; it must be 2 or more, or 0 for {DefaultQuantiles}.");
        int count = Math.Min(most, ascending.Length);
        return count == 1 ? [ascending[0]] : [.. Enumerable.Range(0, count).Select(i => Features.Quantiles.At(ascending, (double)i / (count - 1)))];
    }

    internal override float Apply(IReadOnlyList<double> parameters, double x, int part)
    {
        double place = Place(parameters, x);
        return (float)(Output == QuantileOutput.Normal ? NormalQuantile.At(Math.Clamp(place, NormalCut, 1 - NormalCut)) : place);
    }

    private static double Place(IReadOnlyList<double> quantiles, double x)
    {
        int below = Count(quantiles, x, orEqual: false), notAbove = Count(quantiles, x, orEqual: true);
        if (notAbove == 0) return quantiles.Count == 0 ? 0.5 : 0; // under all of them
        if (below == quantiles.Count) return 1;
        double last = Math.Max(1, quantiles.Count - 1);
        if (notAbove > below) return quantiles.Count == 1 ? 0.5 : (below + notAbove - 1) / 2.0 / last; // equal to a run of quantiles
        double low = quantiles[below - 1], high = quantiles[below];
        return (below - 1 + ((x - low) / (high - low))) / last;
    }

    /// <summary>How many quantiles are under x, or at most x.</summary>
    private static int Count(IReadOnlyList<double> ascending, double x, bool orEqual)
    {
        int low = 0, high = ascending.Count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (ascending[middle] < x || (orEqual && ascending[middle] == x)) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
