using LineRec.Simulation;

namespace LineRec.Recipes;

/// <summary>The placements of the shop: those with rankers of their own, and those that share index and models with them.</summary>
/// <param name="target">What counts as turning to an item: a purchase, or a click in a log of clicks.</param>
/// <param name="catalog">The items; a log without categories or listing times gets placements without the rules that need them.</param>
internal sealed class ShopPlacements(EventType target, Catalog catalog)
{
    /// <summary>Shows what the user hasn't bought before.</summary>
    public const string Home = "home";

    /// <summary>Shows what was clicked last, too.</summary>
    public const string ItemPage = "item_page";

    /// <summary>Shows what was bought before, too.</summary>
    public const string Cart = "cart";

    /// <summary>What everything falls back to.</summary>
    public const string Charts = "charts";

    /// <summary>The ranker that knows what users turn to next, wherever; where there are click rankers their scores are fused with its own.</summary>
    public const string NextEvent = "next_event";

    /// <summary>How much the click ranker of a placement counts beside <see cref="NextEvent"/>.</summary>
    private const double ClickExponent = 0.5;

    /// <summary>All placements; the first five get rankers of their own where the log has impressions.</summary>
    public static readonly IReadOnlyList<string> All = ShopSimulationDefaults.Placements;

    /// <summary>The placements that have rankers of their own where the log has impressions.</summary>
    public static IEnumerable<string> Ranked => All.Take(RankerRecipe.OwnRankers);

    /// <summary>The placement that serves a task of the quality protocol.</summary>
    public static string Of(string task) => task switch
    {
        EvaluationTask.Discovery => Home,
        EvaluationTask.All => Cart,
        _ => ItemPage,
    };

    /// <summary>Registers all placements. One without a ranker of its own ranks with the first.</summary>
    /// <param name="builder">The host's builder.</param>
    /// <param name="rankers">The rankers that the bundle has, one or more; see <see cref="RankersOf"/>.</param>
    public void AddAll(ILineRecBuilder builder, IReadOnlyList<string> rankers)
    {
        foreach (string name in All)
        {
            builder.AddPlacement(name, p =>
            {
                Describe(p, name, rankers, rules: true);
                p.Deadline(TimeSpan.FromMilliseconds(500));
            });
        }
    }

    /// <summary>Registers placements and the one that they fall back to, without a deadline, so that answers don't depend on the machine.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="names">The placements.</param>
    /// <param name="rankers">As for <see cref="AddAll"/>.</param>
    /// <param name="rules">Whether the rules behind the ranker are there, too.</param>
    public void AddOffline(RecommenderBuilder builder, IEnumerable<string> names, IReadOnlyList<string> rankers, bool rules)
    {
        foreach (string name in names.Union([Charts])) builder.AddPlacement(name, p => Describe(p, name, rankers, rules));
    }

    /// <summary>The names of a snapshot's rankers in the order of placements.</summary>
    public static IReadOnlyList<string> RankersOf(ModelSnapshot snapshot)
    {
        const string Folder = "rankers/";
        var order = All.Index().ToDictionary(p => p.Item, p => p.Index);
        return [.. snapshot.Models.Keys.Where(m => m.StartsWith(Folder, StringComparison.Ordinal)).Select(m => m[Folder.Length..]).OrderBy(m => order.GetValueOrDefault(m, -1))];
    }

    /// <summary>The retrievers of a placement; training captures features through the same.</summary>
    public void Retrieve(IRetrievalBuilder retrieval, string placement)
    {
        retrieval.TwoTower(300).ItemToItem(300).Trending(100);
        if (catalog.ListedAt is not null) retrieval.NewArrivals(30);
        retrieval.Trending(100, new() { Name = "popular", Chart = "popular" });
        if (placement != Home) retrieval.BuyAgain(200, new() { TypeWeights = TargetWeights() });
    }

    /// <summary>What a placement keeps back.</summary>
    public static void Filter(IFilterBuilder filters, string placement)
    {
        filters.Listed().InStock();
        if (placement == Home) filters.NotPurchased();
    }

    /// <summary>A weight of 1 for the target's type.</summary>
    public float[] TargetWeights()
    {
        var weights = new float[6];
        weights[(int)target] = 1f;
        return weights;
    }

    private void ReRank(IReRankingBuilder rules)
    {
        rules.Campaigns();
        if (catalog.ListedAt is not null) rules.Freshness(0.05, 0.10);
        if (catalog.Category is not null) rules.NoAdjacent(x => x.Category);
    }

    private void Describe(IPlacementBuilder placement, string name, IReadOnlyList<string> rankers, bool rules)
    {
        bool fused = rankers.Contains(NextEvent);
        string[] own = [.. rankers.Where(r => r != NextEvent)];
        string? ranker = own.Contains(name) ? name : own.FirstOrDefault();
        placement
            .Retrieve(r => Retrieve(r, name))
            .Filter(f => Filter(f, name))
            .Rank(r => Rank(r, ranker, fused).Take(200));
        if (rules) placement.ReRank(ReRank);
        if (name != Charts) placement.FallBackTo(Charts);
    }

    private static IRankingBuilder Rank(IRankingBuilder ranking, string? ranker, bool fused) => (ranker, fused) switch
    {
        (null, _) => ranking.Onnx(NextEvent),
        (_, true) => ranking.Onnx(NextEvent).FuseOnnx(ranker, ClickExponent),
        _ => ranking.Onnx(ranker),
    };
}
