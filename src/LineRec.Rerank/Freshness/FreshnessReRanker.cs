namespace LineRec.Rerank;

/// <summary>
/// Keeps the share of new items (listed within a window before the request's time) in the slate between two bounds: the best new items
/// come up in place of the last others, or the last new ones make room for the best others. What stays keeps its order, and what comes
/// up comes last. Without new candidates nothing changes.
/// </summary>
/// <remarks>
/// Thread-safe. O(candidates), no allocation. Rounding: at least min · size rounded up, at most max · size rounded down but never
/// under the least, with size the smaller of Take and the number of candidates. It holds through re-rankers of this package that come later.
/// </remarks>
public sealed class FreshnessReRanker : IReRanker
{
    private readonly TimeColumn _listedAt;
    private readonly double _min;
    private readonly double _max;
    private readonly long _window;

    /// <summary>Creates the re-ranker.</summary>
    /// <param name="catalog">The catalog; it must have the column listed_at.</param>
    /// <param name="min">The least share of new items, 0 to 1.</param>
    /// <param name="max">The greatest share of new items, <paramref name="min"/> to 1.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <exception cref="ArgumentException">A share or an option is out of its range, or the catalog has no listing times.</exception>
    public FreshnessReRanker(Catalog catalog, double min, double max, FreshnessOptions? options = null)
    {
        options ??= new FreshnessOptions();
        Validate(min, max, options);
        _listedAt = catalog.ListedAt ?? throw new ArgumentException($"Freshness needs the catalog's time column '{CatalogColumns.ListedAt}', which it doesn't have. Add it to the items, or leave the re-ranker out.", nameof(catalog));
        (_min, _max, _window) = (min, max, (long)options.Window.TotalMilliseconds);
    }

    /// <inheritdoc/>
    public ValueTask ReRankAsync(RequestContext context, CandidateTable candidates, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled(cancellationToken);
        var rules = SlateRules.Of(context);
        rules.Set(this);
        rules.Settle(context, candidates);
        return ValueTask.CompletedTask;
    }

    internal static void Validate(double min, double max, FreshnessOptions options)
    {
        if (!(min >= 0 && min <= max && max <= 1)) throw new ArgumentException($"Freshness is between {min} and {max}; the shares must be 0 ≤ min ≤ max ≤ 1.");
        if (options.Window <= TimeSpan.Zero) throw new ArgumentException($"{nameof(FreshnessOptions)}: Window is {options.Window}; it must be over zero.");
    }

    internal bool IsNew(RequestContext context, int row)
    {
        long listed = _listedAt[row];
        return listed != TimeColumn.Missing && listed <= context.UnixMilliseconds && context.UnixMilliseconds - listed < _window;
    }

    internal FreshnessBounds BoundsOf(int size) => FreshnessBounds.Of(_min, _max, size);

    /// <summary>Chooses who is in the slate: the best f new ones and the best others, f as near to what the ranking has as the bounds and the candidates allow.</summary>
    internal void Choose(RequestContext context, CandidateTable candidates, Span<int> order)
    {
        var rows = candidates.Rows;
        int size = Math.Min(context.Take, rows.Length);
        int fresh = 0, freshInSlate = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            if (!IsNew(context, rows[i])) continue;
            fresh++;
            if (i < size) freshInSlate++;
        }

        var bounds = BoundsOf(size);
        int least = Math.Min(bounds.Least, fresh), most = Math.Max(bounds.Most, size - (rows.Length - fresh));
        int wanted = Math.Clamp(freshInSlate, least, Math.Max(least, most));
        if (wanted == freshInSlate) return;
        int newLeft = wanted, othersLeft = size - wanted, slate = 0, rest = size;
        for (int i = 0; i < rows.Length; i++)
        {
            ref int left = ref IsNew(context, rows[i]) ? ref newLeft : ref othersLeft;
            if (left-- > 0) order[slate++] = i;
            else order[rest++] = i;
        }

        candidates.Reorder(order);
    }
}
