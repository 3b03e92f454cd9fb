namespace LineRec;

/// <summary>
/// The mean self-information of shown items in bits: −log2 of an item's share of all past events, with one event added to each item so that
/// one never seen has a finite value. High for lists off the beaten track. T. Zhou et al., PNAS 107 (2010). Not thread-safe.
/// </summary>
public sealed class Novelty
{
    private readonly double[] _bits;
    private double _sum;
    private long _count;

    /// <summary>Starts without a list.</summary>
    /// <param name="popularity">Past events of each item, by row, 0 or more.</param>
    public Novelty(ReadOnlySpan<double> popularity)
    {
        double total = popularity.Length;
        foreach (double events in popularity) total += events;
        _bits = new double[popularity.Length];
        for (int row = 0; row < _bits.Length; row++) _bits[row] = -Math.Log2((popularity[row] + 1) / total);
    }

    /// <summary>The mean over all items of all lists; NaN without any.</summary>
    public double Value => _sum / _count;

    /// <summary>Adds one list.</summary>
    /// <param name="rows">Its catalog rows.</param>
    public void Add(ReadOnlySpan<int> rows)
    {
        foreach (int row in rows) _sum += _bits[row];
        _count += rows.Length;
    }
}
