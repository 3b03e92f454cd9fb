namespace LineRec;

/// <summary>The share of the catalog that at least one list shows. Not thread-safe.</summary>
/// <param name="itemCount">How many items there are, 1 or more.</param>
public sealed class CatalogCoverage(int itemCount)
{
    private readonly bool[] _shown = new bool[itemCount];
    private int _distinct;

    /// <summary>How many distinct items were shown.</summary>
    public int DistinctItems => _distinct;

    /// <summary>0 to 1.</summary>
    public double Value => (double)_distinct / _shown.Length;

    /// <summary>Adds one list.</summary>
    /// <param name="rows">Its catalog rows.</param>
    public void Add(ReadOnlySpan<int> rows)
    {
        foreach (int row in rows)
        {
            if (_shown[row]) continue;
            _shown[row] = true;
            _distinct++;
        }
    }
}
