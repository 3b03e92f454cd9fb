namespace LineRec.Retrieval;

/// <summary>The rows of a catalog in order of their listing time (ties: the lower row counts as newer); items without one are left out.</summary>
internal sealed class ListingOrder
{
    private readonly long[] _times;
    private readonly int[] _rows;

    public ListingOrder(Catalog catalog)
    {
        var listedAt = catalog.ListedAt ?? throw new ArgumentException($"New arrivals need the catalog's time column '{CatalogColumns.ListedAt}', which it doesn't have. Add it to the items, or leave the retriever out.", nameof(catalog));
        var times = new List<long>();
        var rows = new List<int>();
        for (int row = catalog.Count - 1; row >= 0; row--) // downwards: a stable sort then leaves lower rows later among equal times
        {
            if (listedAt[row] == TimeColumn.Missing) continue;
            times.Add(listedAt[row]);
            rows.Add(row);
        }

        _rows = [.. rows.Zip(times).OrderBy(p => p.Second).Select(p => p.First)];
        _times = Array.ConvertAll(_rows, row => listedAt[row]);
    }

    /// <summary>The rows listed after one instant and at or before another, oldest first. O(log items).</summary>
    public ReadOnlySpan<int> Between(long after, long until)
    {
        int start = FirstAfter(after);
        return _rows.AsSpan(start, Math.Max(FirstAfter(until) - start, 0));
    }

    private int FirstAfter(long time)
    {
        int low = 0, high = _times.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (_times[middle] <= time) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
