namespace LineRec.Simulation;

/// <summary>The defaults of <see cref="ShopSimulationOptions"/>.</summary>
public static class ShopSimulationDefaults
{
    /// <summary>Seed.</summary>
    public const ulong Seed = 20260101;

    /// <summary>Users.</summary>
    public const int Users = 3_600;

    /// <summary>Items.</summary>
    public const int Items = 6_000;

    /// <summary>Days.</summary>
    public const int Days = 60;

    /// <summary>Events, about.</summary>
    public const long EventTarget = 1_500_000;

    /// <summary>When the log starts.</summary>
    public static readonly DateTimeOffset StartsAt = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>All placements: the five that get a ranker of their own first.</summary>
    public static IReadOnlyList<string> Placements { get; } =
    [
        "home", "item_page", "cart", "charts", "search",
        "category_top", "brand_top", "shop_top", "just_for_you", "new_arrivals", "deals", "points",
        "checkout", "order_complete", "favourites", "recently_viewed", "buy_again", "inspiration", "seasonal",
        "bestsellers", "trending_now", "mail", "push", "search_empty",
    ];
}
