namespace LineRec.Features;

/// <summary>Counts of values in bins of equal width from <paramref name="Low"/> to <paramref name="High"/>; values outside are in the first and the last.</summary>
/// <param name="Low">The first bin's lower edge.</param>
/// <param name="High">The last bin's upper edge.</param>
/// <param name="Counts">A count a bin.</param>
public sealed record Histogram(double Low, double High, IReadOnlyList<long> Counts)
{
    private const int BinCount = 20;

    /// <summary>The bins of values, whose edges are the 1 % and 99 % quantiles, so that few outliers don't push all others into one bin.</summary>
    /// <param name="ascending">Values in ascending order, at least one.</param>
    internal static Histogram Of(ReadOnlySpan<double> ascending)
    {
        double low = Quantiles.At(ascending, 0.01), high = Quantiles.At(ascending, 0.99);
        if (low == high) (low, high) = (ascending[0], ascending[^1]);
        return low == high ? new Histogram(low, high, [ascending.Length]) : new Histogram(low, high, Count(low, high, BinCount, ascending));
    }

    /// <summary>Counts other values in the same bins.</summary>
    internal Histogram Again(ReadOnlySpan<double> values) => this with { Counts = Count(Low, High, Counts.Count, values) };

    private static long[] Count(double low, double high, int bins, ReadOnlySpan<double> values)
    {
        var counts = new long[bins];
        foreach (double value in values) counts[(int)Math.Clamp((value - low) / (high - low) * bins, 0, bins - 1)]++;
        return counts;
    }
}
