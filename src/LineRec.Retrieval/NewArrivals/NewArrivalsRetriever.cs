namespace LineRec.Retrieval;

/// <summary>
/// Retrieves items listed within a window before the request's time: the newest first, those of the user's categories and, if wanted,
/// those that are popular early lifted; see <see cref="NewArrivalsOptions"/> for the score. An item that isn't new has no score (NaN).
/// </summary>
/// <remarks>Thread-safe. O(log items + new items looked at), no allocation. 12 bytes an item with a listing time.</remarks>
public sealed class NewArrivalsRetriever : IRetriever, ICandidateScorer
{
    private readonly NewArrivalsOptions _options;
    private readonly TimeColumn _listedAt;
    private readonly TextColumn? _category;
    private readonly ListingOrder _order;
    private readonly float[]? _popularity;
    private readonly float _bestPopularity;
    private readonly long _window;

    /// <summary>Creates the retriever. O(items log items).</summary>
    /// <param name="catalog">The catalog; it must have the column listed_at.</param>
    /// <param name="chart">The chart of early popularity, needed where its weight isn't 0.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of its range, or the catalog or the chart lacks what is needed.</exception>
    public NewArrivalsRetriever(Catalog catalog, Chart? chart = null, NewArrivalsOptions? options = null)
        : this(catalog, new ListingOrder(catalog), chart, chart is null ? null : TrendingRetriever.ScoresByRow(chart, catalog.Count), options ?? new NewArrivalsOptions())
    {
    }

    internal NewArrivalsRetriever(Catalog catalog, ListingOrder order, Chart? chart, float[]? popularity, NewArrivalsOptions options)
    {
        options.Validate();
        if (options.PopularityWeight > 0f && chart is null) throw new ArgumentException($"A PopularityWeight of {options.PopularityWeight} needs a chart; give one or leave the weight at 0.", nameof(chart));
        (_options, _order, _listedAt) = (options, order, catalog.ListedAt!);
        _category = options.CategoryWeight > 0f ? catalog.Category : null;
        _window = (long)options.Window.TotalMilliseconds;
        if (options.PopularityWeight > 0f && chart!.Scores.Length > 0 && chart.Scores[0] > 0f) (_popularity, _bestPopularity) = (popularity, chart.Scores[0]);
    }

    /// <inheritdoc/>
    public ValueTask RetrieveAsync(RequestContext context, CandidateSink candidates, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled(cancellationToken);
        var rows = _order.Between(context.UnixMilliseconds - _window, context.UnixMilliseconds);
        if (rows.Length > _options.MaxExamined) rows = rows[^_options.MaxExamined..];
        var shares = Shares(context);
        if (rows.IsEmpty) return ValueTask.CompletedTask;
        var best = new TopRows(Math.Min(candidates.Limit, rows.Length));
        foreach (int row in rows) best.Offer(ScoreOf(context, shares, row), row);
        best.Complete(candidates);
        best.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public void Score(RequestContext context, ReadOnlySpan<int> rows, Span<float> scores)
    {
        var shares = Shares(context);
        for (int i = 0; i < rows.Length; i++) scores[i] = ScoreOf(context, shares, rows[i]);
    }

    private float ScoreOf(RequestContext context, RowScores shares, int row)
    {
        long listed = _listedAt[row];
        if (listed == TimeColumn.Missing || listed > context.UnixMilliseconds) return float.NaN;
        long age = context.UnixMilliseconds - listed;
        if (age >= _window) return float.NaN;
        float score = _options.RecencyWeight * (1f - (float)((double)age / _window));
        if (shares.Count > 0) score += _options.CategoryWeight * shares[_category!.Codes[row]];
        if (_popularity is not null && _popularity[row] > 0f) score += _options.PopularityWeight * (_popularity[row] / _bestPopularity);
        return score;
    }

    /// <summary>Each category's share of the user's history, by category code.</summary>
    private RowScores Shares(RequestContext context)
    {
        var shares = context.GetScratch<RowScores>(this);
        if (shares.IsComplete || _category is null) return shares;
        var history = _options.History;
        Span<int> rows = stackalloc int[history.Last];
        Span<float> weights = stackalloc float[history.Last];
        int count = history.Select(context.History, context.UnixMilliseconds, rows, weights);
        float sum = 0f;
        for (int i = 0; i < count; i++)
        {
            int code = _category.Codes[rows[i]];
            if (code == TextColumn.Missing) continue;
            shares.Add(code, weights[i]);
            sum += weights[i];
        }

        if (sum > 0f)
        {
            foreach (ref float share in shares.Scores) share /= sum;
        }

        shares.IsComplete = true;
        return shares;
    }
}
