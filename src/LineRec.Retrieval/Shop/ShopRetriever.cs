namespace LineRec.Retrieval;

/// <summary>
/// Retrieves the best items of the shops that the user likes: score(c) = (share of c's shop in the user's history, 0 to 1) · q(c). With a
/// chart, q = (1 + chart score / best chart score of that shop) / 2, where an item that the chart doesn't rank counts 0; with the two-tower,
/// q = 1 / (1 + e^-s) of its score s. At most so many items of one shop are proposed. An item of another shop, or of none, scores 0.
/// </summary>
/// <remarks>
/// Thread-safe, no allocation. O(history + shops × items of one shop that are looked at); with a chart only those that can be proposed are. A
/// chart with NaN or negative scores isn't meant for it: they count 0.
/// </remarks>
public sealed class ShopRetriever : IRetriever, ICandidateScorer
{
    private readonly TextColumn _shops;
    private readonly ShopShelves _shelves;
    private readonly ChartScores? _chart;
    private readonly IUserEncoder? _encoder;
    private readonly NpyMatrix<float>? _items;
    private readonly ShopOptions _options;

    /// <summary>Creates a retriever that orders a shop's items by a chart. O(items).</summary>
    /// <param name="catalog">The catalog; it must have the column shop.</param>
    /// <param name="chart">The chart.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <exception cref="ArgumentException">The catalog has no shops, the chart is of another catalog, or an option is out of its range.</exception>
    public ShopRetriever(Catalog catalog, Chart chart, ShopOptions? options = null)
        : this(Shops(catalog), new ChartScores(chart, catalog.Count), options ?? new ShopOptions())
    {
    }

    /// <summary>Creates a retriever that orders a shop's items by the user's own two-tower score. O(items).</summary>
    /// <param name="catalog">The catalog; it must have the column shop.</param>
    /// <param name="encoder">Turns a request into the query vector.</param>
    /// <param name="items">The item vectors [items, dimension].</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <exception cref="ArgumentException">The catalog has no shops, dimensions or counts differ, or an option is out of its range.</exception>
    public ShopRetriever(Catalog catalog, IUserEncoder encoder, NpyMatrix<float> items, ShopOptions? options = null)
        : this(Shops(catalog), new ShopShelves(Shops(catalog), null), encoder, items, options ?? new ShopOptions())
    {
    }

    internal ShopRetriever(TextColumn shops, ChartScores chart, ShopOptions options)
        : this(shops, new ShopShelves(shops, chart), chart, options)
    {
    }

    internal ShopRetriever(TextColumn shops, ShopShelves shelves, ChartScores chart, ShopOptions options)
    {
        options.Validate();
        (_shops, _shelves, _chart, _options) = (shops, shelves, chart, options);
    }

    internal ShopRetriever(TextColumn shops, ShopShelves shelves, IUserEncoder encoder, NpyMatrix<float> items, ShopOptions options)
    {
        options.Validate();
        if (encoder.Dimension != items.Columns)
            throw new ArgumentException($"The user encoder makes vectors of {encoder.Dimension} values, the item vectors have {items.Columns}: they come from different models.", nameof(encoder));
        if (items.Rows != shops.Count) throw new ArgumentException($"There are {items.Rows} item vectors for {shops.Count} items. Embed the items of this catalog anew.", nameof(items));
        (_shops, _shelves, _encoder, _items, _options) = (shops, shelves, encoder, items, options);
    }

    /// <inheritdoc/>
    public ValueTask RetrieveAsync(RequestContext context, CandidateSink candidates, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled(cancellationToken);
        var shares = Shares(context);
        if (shares.Count == 0) return ValueTask.CompletedTask;
        Span<int> shops = stackalloc int[Math.Min(_options.MaxShops, shares.Count)];
        Span<float> shopShares = stackalloc float[shops.Length];
        var liked = new TopRows(shops.Length);
        for (int i = 0; i < shares.Count; i++) liked.Offer(shares.Scores[i], shares.Rows[i]);
        int count = liked.Complete(shops, shopShares);
        liked.Dispose();
        for (int i = 0; i < count; i++) AddBest(context, shops[i], shopShares[i], candidates);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public void Score(RequestContext context, ReadOnlySpan<int> rows, Span<float> scores)
    {
        var shares = Shares(context);
        var query = Query(context);
        using var padded = new PaddedQuery(query);
        for (int i = 0; i < rows.Length; i++)
        {
            int shop = _shops.Codes[rows[i]];
            float share = shop < 0 ? 0f : shares[shop];
            scores[i] = share > 0f ? share * QualityOf(rows[i], shop, padded.Values, query.IsEmpty) : 0f;
        }
    }

    private static TextColumn Shops(Catalog catalog) => catalog.Shop ?? throw new ArgumentException(
        $"The shop retriever needs the catalog's text column '{CatalogColumns.Shop}', which it doesn't have. Add it to the items, or leave the retriever out.", nameof(catalog));

    private RowScores Shares(RequestContext context) => context.GetScratch<HistoryShares>(this).Of(context, _options.History, _shops);

    private ReadOnlySpan<float> Query(RequestContext context) => _encoder is null ? [] : context.GetUserVector(_encoder);

    private void AddBest(RequestContext context, int shop, float share, CandidateSink candidates)
    {
        var rows = _shelves.Of(shop);
        int most = Math.Min(_options.MaxPerShop, rows.Length);
        var query = Query(context);
        using var padded = new PaddedQuery(query);
        if (_encoder is null || query.IsEmpty)
        {
            foreach (int row in rows[..most]) candidates.Add(row, share * QualityOf(row, shop, padded.Values, isUnknown: true)); // the shelf is in the chart's order
            return;
        }

        var best = new TopRows(most);
        foreach (int row in rows[..Math.Min(rows.Length, _options.MaxExaminedPerShop)]) best.Offer(share * QualityOf(row, shop, padded.Values, isUnknown: false), row);
        best.Complete(candidates);
        best.Dispose();
    }

    /// <summary>How good an item is in its shop, 0 to 1; one half where nothing is known of the user (two-tower) or of the item (chart). NaN where the item's vector is.</summary>
    private unsafe float QualityOf(int row, int shop, Span<float> paddedQuery, bool isUnknown)
    {
        if (_chart is { } chart)
        {
            float best = chart[_shelves.Of(shop)[0]], own = chart[row];
            return best > 0f && own > 0f ? (1f + (own / best)) / 2f : 0.5f;
        }

        if (isUnknown) return 0.5f;
        fixed (float* query = paddedQuery) return 1f / (1f + MathF.Exp(-DotProduct.ScoreRow(_items!, row, query)));
    }
}
