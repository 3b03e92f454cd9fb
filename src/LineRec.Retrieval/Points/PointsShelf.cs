namespace LineRec.Retrieval;

/// <summary>A campaign's items with a price by price, once all together and once by category.</summary>
/// <remarks>Immutable and thread-safe. 8 bytes an item of the campaign and 8 a category.</remarks>
internal sealed class PointsShelf
{
    private readonly NumberColumn _prices;
    private readonly int[] _byPrice;
    private readonly int[] _byCategory;
    private readonly Dictionary<int, (int From, int To)> _categories = [];

    /// <summary>O(items log items).</summary>
    public PointsShelf(CampaignItems items, Catalog catalog)
    {
        Items = items;
        _prices = catalog.Price!;
        var category = catalog.Category;
        var rows = new List<int>();
        for (int row = 0; row < catalog.Count; row++)
        {
            if (_prices[row] >= 0f && float.IsFinite(_prices[row]) && items.AppliesTo(row)) rows.Add(row);
        }

        _byPrice = [.. rows.OrderBy(row => _prices[row])];
        _byCategory = category is null ? [] : [.. _byPrice.Where(row => category.Codes[row] >= 0).OrderBy(row => category.Codes[row])]; // stable: by price within a category
        for (int i = 0; i < _byCategory.Length;)
        {
            int from = i, code = category!.Codes[_byCategory[i]];
            while (i < _byCategory.Length && category.Codes[_byCategory[i]] == code) i++;
            _categories.Add(code, (from, i));
        }
    }

    /// <summary>The shelves of the campaigns of given kinds, whenever they run.</summary>
    /// <exception cref="ArgumentException">The catalog has no prices or lacks a campaign's column, or a campaign's weight is out of its range.</exception>
    public static PointsShelf[] Of(Catalog catalog, IEnumerable<Campaign> campaigns, IReadOnlyList<string> kinds)
    {
        if (catalog.Price is null)
            throw new ArgumentException($"The points retriever needs the catalog's number column '{CatalogColumns.Price}', which it doesn't have. Add it to the items, or leave the retriever out.", nameof(catalog));
        return [.. from campaign in campaigns where kinds.Contains(campaign.Kind) select new PointsShelf(new CampaignItems(campaign, catalog), catalog)];
    }

    /// <summary>The campaign and what it applies to.</summary>
    public CampaignItems Items { get; }

    /// <summary>All items, cheapest first.</summary>
    public ReadOnlySpan<int> All => _byPrice;

    /// <summary>The items of one category, cheapest first.</summary>
    public ReadOnlySpan<int> Of(int category) => _categories.TryGetValue(category, out var range) ? _byCategory.AsSpan(range.From..range.To) : [];

    /// <summary>How many of rows by price cost at most so much.</summary>
    public int CountUpTo(ReadOnlySpan<int> rows, float price)
    {
        int low = 0, high = rows.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (_prices[rows[middle]] <= price) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
