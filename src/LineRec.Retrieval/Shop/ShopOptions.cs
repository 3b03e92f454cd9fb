namespace LineRec.Retrieval;

/// <summary>Options of the shop retriever; see <see cref="ShopRetriever"/> for the score.</summary>
public sealed record ShopOptions
{
    /// <summary>The retriever's name in answers, reports and telemetry. Default "shop".</summary>
    public string Name { get; init; } = ShopDefaults.Name;

    /// <summary>How much each item of the history weighs in the share of shops: recency by its decay and half-life, frequency by the number of items.</summary>
    public HistoryWeights History { get; init; } = new();

    /// <summary>How many of the user's shops are looked at, those of the greatest share. 1 to 1,000. Default 20.</summary>
    public int MaxShops { get; init; } = ShopDefaults.MaxShops;

    /// <summary>How many items of one shop are proposed at the most, 1 or more. Default 10.</summary>
    public int MaxPerShop { get; init; } = ShopDefaults.MaxPerShop;

    /// <summary>By what the items of a shop are ordered. Default <see cref="ShopOrder.Chart"/>.</summary>
    public ShopOrder Order { get; init; }

    /// <summary>The chart that orders a shop's items. With <see cref="ShopOrder.TwoTower"/> it isn't needed and, where there is one, says which items of a large shop are looked at. Default "trending".</summary>
    public string Chart { get; init; } = LineRec.Chart.Trending;

    /// <summary>With <see cref="ShopOrder.TwoTower"/>: how many items of one shop are looked at a request, the chart's best first, then by row. 1 or more. Default 1,000.</summary>
    public int MaxExaminedPerShop { get; init; } = ShopDefaults.MaxExaminedPerShop;

    /// <summary>With <see cref="ShopOrder.TwoTower"/>: the bundle file of the item vectors. Default "items.npy".</summary>
    public string ItemVectors { get; init; } = TwoTowerDefaults.ItemVectors;

    /// <summary>With <see cref="ShopOrder.TwoTower"/>: turns a request into the query vector. Default null: the snapshot's own, by the <see cref="IUserEncoderFactory"/> of the host's services.</summary>
    public IUserEncoder? Encoder { get; init; }

    internal void Validate()
    {
        const string Owner = nameof(ShopOptions);
        if (MaxShops is < 1 or > 1000) throw new ArgumentException($"{Owner}: MaxShops is {MaxShops}; it must be 1 to 1,000.");
        if (MaxPerShop < 1) throw new ArgumentException($"{Owner}: MaxPerShop is {MaxPerShop}; it must be 1 or more.");
        if (MaxExaminedPerShop < 1) throw new ArgumentException($"{Owner}: MaxExaminedPerShop is {MaxExaminedPerShop}; it must be 1 or more.");
        if (!Enum.IsDefined(Order)) throw new ArgumentException($"{Owner}: Order is {Order}; it must be one of {string.Join(", ", Enum.GetNames<ShopOrder>())}.");
        History.Validate($"{Owner}.{nameof(History)}");
    }
}
