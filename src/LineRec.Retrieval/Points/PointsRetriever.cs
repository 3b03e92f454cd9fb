namespace LineRec.Retrieval;

/// <summary>
/// Retrieves items of running points campaigns that fit the user's points and history. With m, 0 to 1, the weighted mean of (the share of
/// points about to expire that paying for the item saves), (the share of its category in the history) and (w / (1 + w) of the campaign's
/// weight w), an item that the points pay for scores 1 + m, another (points' worth / price) · (1 + m) / 2: what can be paid comes first,
/// points that expire first are spent first. Of several campaigns the best counts. An item outside of campaigns or without a price, and any
/// item for a user without points, has no score (NaN).
/// </summary>
/// <remarks>
/// Thread-safe, no allocation. O(campaigns × (categories of the history + 1) × (log items + limit)): at one campaign and category the score
/// rises with the price up to what the user can pay and falls after it, so only the items next to that price are looked at. The catalog's
/// prices choose these, live ones score them.
/// </remarks>
public sealed class PointsRetriever : IRetriever, ICandidateScorer
{
    private readonly Catalog _catalog;
    private readonly PointsShelf[] _shelves;
    private readonly IUserPoints _points;
    private readonly TextColumn? _category;
    private readonly PointsOptions _options;

    /// <summary>Creates the retriever. O(items of the campaigns).</summary>
    /// <param name="catalog">The catalog; it must have the column price.</param>
    /// <param name="campaigns">Campaigns of any kind and time; those of the options' kinds count while they run.</param>
    /// <param name="points">Tells how many points a user has.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <exception cref="ArgumentException">The catalog has no prices or lacks a campaign's column, or an option or a campaign's weight is out of its range.</exception>
    public PointsRetriever(Catalog catalog, IEnumerable<Campaign> campaigns, IUserPoints points, PointsOptions? options = null)
        : this(catalog, PointsShelf.Of(catalog, campaigns, (options ??= new PointsOptions()).Kinds), points, options)
    {
    }

    internal PointsRetriever(Catalog catalog, PointsShelf[] shelves, IUserPoints points, PointsOptions options)
    {
        options.Validate();
        (_catalog, _shelves, _points, _options) = (catalog, shelves, points, options);
        _category = options.InterestWeight > 0f ? catalog.Category : null;
    }

    /// <inheritdoc/>
    public ValueTask RetrieveAsync(RequestContext context, CandidateSink candidates, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled(cancellationToken);
        var points = Points(context);
        if (points.Worth == 0f) return ValueTask.CompletedTask;
        var shares = Shares(context);
        foreach (var shelf in _shelves)
        {
            if (!shelf.Items.Campaign.IsActiveAt(context.Time) || shelf.All.IsEmpty) continue;
            var best = new TopRows(Math.Min(candidates.Limit, shelf.All.Length));
            if (shares is not null)
            {
                foreach (int category in shares.Rows) Offer(context, shelf, shelf.Of(category), points, shares, isOwn: true, candidates.Limit, ref best);
            }

            Offer(context, shelf, shelf.All, points, shares, isOwn: false, candidates.Limit, ref best);
            best.Complete(candidates); // an item of several campaigns counts with its better score
            best.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public void Score(RequestContext context, ReadOnlySpan<int> rows, Span<float> scores)
    {
        scores.Fill(float.NaN);
        var points = Points(context);
        if (points.Worth == 0f) return;
        var shares = Shares(context);
        foreach (var shelf in _shelves)
        {
            if (!shelf.Items.Campaign.IsActiveAt(context.Time)) continue;
            for (int i = 0; i < rows.Length; i++)
            {
                if (!shelf.Items.AppliesTo(rows[i])) continue;
                float score = ScoreOf(context, shelf.Items.Campaign, points, shares, rows[i]);
                if (!(scores[i] >= score)) scores[i] = score;
            }
        }
    }

    private PointsScratch Points(RequestContext context) => context.GetScratch<PointsScratch>(this).Of(context, _points, _options);

    private RowScores? Shares(RequestContext context) =>
        _category is null ? null : context.GetScratch<HistoryShares>(this).Of(context, _options.History, _category);

    /// <summary>Offers the rows next to what the user can pay: of the user's own categories, or of all others.</summary>
    private void Offer(RequestContext context, PointsShelf shelf, ReadOnlySpan<int> rows, PointsScratch points, RowScores? shares, bool isOwn, int limit, ref TopRows best)
    {
        int payable = shelf.CountUpTo(rows, points.Worth);
        int taken = 0;
        for (int i = payable - 1; i >= 0 && i >= payable - _options.MaxExamined && taken < limit; i--)
        {
            if (!isOwn && IsOwn(shares, rows[i])) continue;
            best.Offer(ScoreOf(context, shelf.Items.Campaign, points, shares, rows[i]), rows[i]);
            taken++;
        }

        if (!_options.IncludeUnaffordable) return;
        taken = 0;
        for (int i = payable; i < rows.Length && i - payable < _options.MaxExamined && taken < limit; i++)
        {
            if (!isOwn && IsOwn(shares, rows[i])) continue;
            best.Offer(ScoreOf(context, shelf.Items.Campaign, points, shares, rows[i]), rows[i]);
            taken++;
        }
    }

    private bool IsOwn(RowScores? shares, int row) => shares is not null && shares.Contains(_category!.Codes[row]);

    private float ScoreOf(RequestContext context, Campaign campaign, PointsScratch points, RowScores? shares, int row)
    {
        float price = context.Live is { } live ? live.PriceOf(_catalog, row) : _catalog.Price![row];
        if (!(price >= 0f) || float.IsInfinity(price)) return float.NaN;
        float merit = (_options.ExpiryWeight * points.SavedBy(price)) + (_options.CampaignWeight * (campaign.Weight / (1f + campaign.Weight)));
        if (shares is { Count: > 0 }) merit += _options.InterestWeight * shares[_category!.Codes[row]];
        merit = Math.Min(merit / (_options.ExpiryWeight + _options.InterestWeight + _options.CampaignWeight), 1f);
        if (price <= points.Worth) return 1f + merit;
        return _options.IncludeUnaffordable ? points.Worth / price * (1f + merit) / 2f : float.NaN;
    }
}
