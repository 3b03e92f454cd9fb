namespace LineRec.Retrieval;

/// <summary>
/// Retrieves items listed within a window before the request's time: the newest first, those of the user's categories and, if wanted,
/// those that are popular early or to the user's taste lifted; see <see cref="NewArrivalsOptions"/> for the score. An item that isn't new has no score (NaN).
/// </summary>
/// <remarks>Thread-safe. O(log items + new items looked at), no allocation. 12 bytes an item with a listing time.</remarks>
public sealed class NewArrivalsRetriever : IRetriever, ICandidateScorer
{
    private readonly NewArrivalsOptions _options;
    private readonly TimeColumn _listedAt;
    private readonly TextColumn? _category;
    private readonly ListingOrder _order;
    private readonly ChartScores? _popularity;
    private readonly IUserEncoder? _encoder;
    private readonly NpyMatrix<float>? _items;
    private readonly long _window;

    /// <summary>Creates the retriever. O(items log items).</summary>
    /// <param name="catalog">The catalog; it must have the column listed_at.</param>
    /// <param name="chart">The chart of early popularity, needed where its weight isn't 0.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="encoder">Turns a request into the query vector; needed where the weight of taste isn't 0.</param>
    /// <param name="items">The item vectors [items, dimension]; needed where the weight of taste isn't 0.</param>
    /// <exception cref="ArgumentException">An option is out of its range, or the catalog, the chart or the vectors lack what is needed.</exception>
    public NewArrivalsRetriever(Catalog catalog, Chart? chart = null, NewArrivalsOptions? options = null, IUserEncoder? encoder = null, NpyMatrix<float>? items = null)
        : this(catalog, new ListingOrder(catalog), chart is null ? null : new ChartScores(chart, catalog.Count), encoder, items, options ?? new NewArrivalsOptions())
    {
    }

    internal NewArrivalsRetriever(Catalog catalog, ListingOrder order, ChartScores? chart, IUserEncoder? encoder, NpyMatrix<float>? items, NewArrivalsOptions options)
    {
        options.Validate();
        if (options.PopularityWeight > 0f && chart is null) throw new ArgumentException($"A PopularityWeight of {options.PopularityWeight} needs a chart; give one or leave the weight at 0.", nameof(chart));
        (_options, _order, _listedAt) = (options, order, catalog.ListedAt!);
        _category = options.CategoryWeight > 0f || options.LikedCategoriesOnly ? catalog.Category : null;
        _window = (long)options.Window.TotalMilliseconds;
        if (options.PopularityWeight > 0f && chart!.Best > 0f) _popularity = chart;
        if (options.TasteWeight == 0f) return;
        if (encoder is null || items is null) throw new ArgumentException($"A TasteWeight of {options.TasteWeight} needs a user encoder and item vectors; give them or leave the weight at 0.", nameof(encoder));
        if (encoder.Dimension != items.Columns)
            throw new ArgumentException($"The user encoder makes vectors of {encoder.Dimension} values, the item vectors have {items.Columns}: they come from different models.", nameof(encoder));
        if (items.Rows != catalog.Count) throw new ArgumentException($"There are {items.Rows} item vectors for {catalog.Count} items. Embed the items of this catalog anew.", nameof(items));
        (_encoder, _items) = (encoder, items);
    }

    /// <inheritdoc/>
    public ValueTask RetrieveAsync(RequestContext context, CandidateSink candidates, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled(cancellationToken);
        var rows = _order.Between(context.UnixMilliseconds - _window, context.UnixMilliseconds);
        if (rows.Length > _options.MaxExamined) rows = rows[^_options.MaxExamined..];
        if (rows.IsEmpty) return ValueTask.CompletedTask;
        var shares = Shares(context);
        bool likedOnly = _options.LikedCategoriesOnly && shares is { Count: > 0 };
        using var query = new PaddedQuery(Query(context));
        var best = new TopRows(Math.Min(candidates.Limit, rows.Length));
        foreach (int row in rows)
        {
            if (!likedOnly || shares!.Contains(_category!.Codes[row])) best.Offer(ScoreOf(context, shares, query.Values, row), row);
        }

        best.Complete(candidates);
        best.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public void Score(RequestContext context, ReadOnlySpan<int> rows, Span<float> scores)
    {
        var shares = Shares(context);
        using var query = new PaddedQuery(Query(context));
        for (int i = 0; i < rows.Length; i++) scores[i] = ScoreOf(context, shares, query.Values, rows[i]);
    }

    /// <summary>Each category's share of the user's history, by category code; null where categories don't count.</summary>
    private RowScores? Shares(RequestContext context) =>
        _category is null ? null : context.GetScratch<HistoryShares>(this).Of(context, _options.History, _category);

    private ReadOnlySpan<float> Query(RequestContext context) => _encoder is null ? [] : context.GetUserVector(_encoder);

    private float ScoreOf(RequestContext context, RowScores? shares, Span<float> paddedQuery, int row)
    {
        long listed = _listedAt[row];
        if (listed == TimeColumn.Missing || listed > context.UnixMilliseconds) return float.NaN;
        long age = context.UnixMilliseconds - listed;
        if (age >= _window) return float.NaN;
        float score = _options.RecencyWeight * (1f - (float)((double)age / _window));
        if (shares is { Count: > 0 }) score += _options.CategoryWeight * shares[_category!.Codes[row]];
        if (_popularity is not null && _popularity[row] > 0f) score += _options.PopularityWeight * (_popularity[row] / _popularity.Best);
        return paddedQuery.IsEmpty ? score : score + TasteOf(row, paddedQuery);
    }

    /// <summary>0 for an item whose vector isn't finite: it is still new.</summary>
    private unsafe float TasteOf(int row, Span<float> paddedQuery)
    {
        fixed (float* query = paddedQuery)
        {
            float taste = _options.TasteWeight / (1f + MathF.Exp(-DotProduct.ScoreRow(_items!, row, query)));
            return float.IsNaN(taste) ? 0f : taste;
        }
    }
}
