namespace LineRec.Retrieval;

/// <summary>The items of each shop: a chart's best first, then by row.</summary>
/// <remarks>Immutable and thread-safe. 4 bytes an item and 4 a shop.</remarks>
internal sealed class ShopShelves
{
    private readonly int[] _rows;
    private readonly int[] _offsets;

    /// <summary>Sorts the items of a catalog by shop. O(items).</summary>
    public ShopShelves(TextColumn shops, ChartScores? chart)
    {
        var codes = shops.Codes;
        _offsets = new int[shops.Values.Length + 1];
        foreach (int code in codes)
        {
            if (code >= 0) _offsets[code + 1]++;
        }

        for (int shop = 0; shop < shops.Values.Length; shop++) _offsets[shop + 1] += _offsets[shop];
        _rows = new int[_offsets[^1]];
        int[] next = _offsets[..^1];
        if (chart is not null)
        {
            foreach (int row in chart.Chart.Rows)
            {
                if (codes[row] >= 0) _rows[next[codes[row]]++] = row;
            }
        }

        for (int row = 0; row < codes.Length; row++)
        {
            if (codes[row] >= 0 && (chart is null || float.IsNaN(chart[row]))) _rows[next[codes[row]]++] = row;
        }
    }

    /// <summary>The items of a shop.</summary>
    public ReadOnlySpan<int> Of(int shop) => _rows.AsSpan(_offsets[shop].._offsets[shop + 1]);
}
