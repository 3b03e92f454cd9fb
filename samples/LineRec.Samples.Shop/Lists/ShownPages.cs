namespace LineRec.Samples.Shop.Lists;

/// <summary>
/// The pages that were shown, as the host that shows them remembers them: impressions aren't part of a user's history. A request sees those before its own instant.
/// </summary>
/// <remarks>Immutable and thread-safe.</remarks>
internal sealed class ShownPages(IEnumerable<ListCase> pages)
{
    private readonly Dictionary<string, ListCase[]> _pages = pages.GroupBy(p => p.UserId, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.OrderBy(p => p.Time).ToArray(), StringComparer.Ordinal);

    /// <summary>Proposes the page's items with the number of the session's earlier pages that they were on.</summary>
    public ValueTask ProposeTimesShown(RequestContext context, CandidateSink sink, CancellationToken cancellationToken)
    {
        var earlier = Before(context);
        foreach (int row in context.Anchors)
        {
            int times = 0;
            foreach (var page in earlier)
            {
                if (Array.IndexOf(page.Rows, row) >= 0) times++;
            }

            sink.Add(row, times);
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Proposes those of the page's items that were on the page before, with 1 / their position there.</summary>
    public ValueTask ProposePageBefore(RequestContext context, CandidateSink sink, CancellationToken cancellationToken)
    {
        var earlier = Before(context);
        if (earlier.IsEmpty) return ValueTask.CompletedTask;
        foreach (int row in context.Anchors)
        {
            int at = Array.IndexOf(earlier[^1].Rows, row);
            if (at >= 0) sink.Add(row, 1f / (at + 1));
        }

        return ValueTask.CompletedTask;
    }

    private ReadOnlySpan<ListCase> Before(RequestContext context)
    {
        if (context.Request.UserId is not { } user || !_pages.TryGetValue(user, out var pages)) return [];
        int count = 0;
        while (count < pages.Length && pages[count].Time < context.Time) count++;
        return pages.AsSpan(0, count);
    }
}
