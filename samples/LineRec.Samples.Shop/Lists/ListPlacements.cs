namespace LineRec.Samples.Shop.Lists;

/// <summary>
/// The two placements that order a results page anew. The request's anchors are the page, in display order. Only the second tells its ranker that order, as a source's
/// score; for the first the source isn't there, so one set of features serves both.
/// </summary>
internal static class ListPlacements
{
    /// <summary>Orders without knowing the display order.</summary>
    public const string Blind = "list";

    /// <summary>Orders knowing the display order.</summary>
    public const string WithPosition = "list_with_position";

    /// <summary>The source that tells the display order: 1 / position.</summary>
    public const string Display = "display";

    /// <summary>The source that puts the items touched before first, the latest first, and the others behind them as displayed: 1 / place.</summary>
    public const string TouchedThenDisplay = "touched_then_display";

    /// <summary>The source that tells the price as of the request.</summary>
    public const string ListPrice = "list_price";

    /// <summary>The source that tells on how many earlier pages of the session an item was.</summary>
    public const string TimesShown = "times_shown";

    /// <summary>The source that tells the display order of the page before: 1 / position.</summary>
    public const string PageBefore = "page_before";

    /// <summary>The source that tells what the visitor touched in earlier sessions.</summary>
    public const string OtherSessions = "other_sessions";

    private const int LongestList = 200;

    public static readonly IReadOnlyList<string> All = [Blind, WithPosition];

    /// <summary>The request for a list.</summary>
    public static RecommendationRequest Request(string placement, ListCase list, Catalog catalog) => new()
    {
        Placement = placement,
        UserId = list.UserId,
        Time = list.Time,
        Take = list.Rows.Length,
        AnchorItemIds = Array.ConvertAll(list.Rows, catalog.IdOf),
        Seed = 1,
    };

    /// <summary>Feeds the prices of a page, as the host that shows it would.</summary>
    public static void FeedPrices(ILiveItems live, ListCase list, Catalog catalog)
    {
        for (int i = 0; i < list.Rows.Length; i++)
        {
            if (float.IsFinite(list.Prices[i])) live.SetPrice(catalog.IdOf(list.Rows[i]), list.Prices[i]);
        }
    }

    /// <summary>The retrievers of a placement; training captures features through the same.</summary>
    public static void Retrieve(IRetrievalBuilder retrieval, string placement, ListSources sources)
    {
        retrieval.Use(ListPrice, LongestList, (context, sink, _) =>
        {
            foreach (int row in context.Anchors) sink.Add(row, context.Live!.PriceOf(context.Catalog, row));
            return ValueTask.CompletedTask;
        });
        retrieval.Use(TimesShown, LongestList, sources.Pages.ProposeTimesShown);
        retrieval.Use(OtherSessions, LongestList, sources.Visitors.Propose);
        if (placement != WithPosition) return;
        retrieval.Use(Display, LongestList, (context, sink, _) =>
        {
            var anchors = context.Anchors;
            for (int i = 0; i < anchors.Length; i++) sink.Add(anchors[i], 1f / (i + 1));
            return ValueTask.CompletedTask;
        });
        retrieval.Use(PageBefore, LongestList, sources.Pages.ProposePageBefore);
        retrieval.Use(TouchedThenDisplay, LongestList, new TouchedThenDisplayRetriever());
    }

    /// <summary>Registers both.</summary>
    public static void AddAll(ILineRecBuilder builder, ListSources sources)
    {
        foreach (string name in All) builder.AddPlacement(name, p => p.Retrieve(r => Retrieve(r, name, sources)).Rank(r => r.Onnx(name)));
    }
}
