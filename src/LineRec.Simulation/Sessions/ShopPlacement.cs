namespace LineRec.Simulation;

/// <summary>How one placement fills its lists, and how far down people look.</summary>
/// <param name="Name">The placement.</param>
/// <param name="Length">Items a list.</param>
/// <param name="PositionBias">Position p is looked at with probability p^-bias.</param>
/// <param name="Popular">Share of slots filled by recent popularity.</param>
/// <param name="Behaviour">Share filled by popular items of the categories that the user clicked in lately.</param>
/// <param name="Neighbours">Share filled by items that were clicked in the same sessions as the anchor or the user's last clicks.</param>
/// <param name="Newest">Share filled by new arrivals; what is left to 1 is random exploration.</param>
internal sealed record ShopPlacement(string Name, int Length, double PositionBias, double Popular, double Behaviour, double Neighbours, double Newest)
{
    public static readonly ShopPlacement[] All =
    [
        new("home", 10, 0.5, 0.30, 0.35, 0.15, 0.05),
        new("item_page", 8, 0.4, 0.10, 0.30, 0.40, 0.05),
        new("cart", 6, 0.4, 0.15, 0.20, 0.45, 0.05),
        new("charts", 10, 0.6, 0.85, 0.00, 0.00, 0.05),
        new("search", 10, 0.7, 0.10, 0.70, 0.00, 0.05),
        new("category_top", 8, 0.5, 0.10, 0.70, 0.00, 0.05),
        new("brand_top", 6, 0.4, 0.40, 0.30, 0.00, 0.05),
        new("shop_top", 6, 0.4, 0.40, 0.30, 0.00, 0.05),
        new("just_for_you", 10, 0.5, 0.15, 0.40, 0.30, 0.05),
        new("new_arrivals", 8, 0.4, 0.10, 0.20, 0.00, 0.60),
        new("deals", 8, 0.4, 0.40, 0.30, 0.00, 0.00),
        new("points", 6, 0.4, 0.40, 0.30, 0.00, 0.00),
        new("checkout", 4, 0.4, 0.30, 0.20, 0.40, 0.00),
        new("order_complete", 6, 0.4, 0.30, 0.20, 0.35, 0.05),
        new("favourites", 6, 0.4, 0.20, 0.40, 0.30, 0.00),
        new("recently_viewed", 6, 0.4, 0.10, 0.50, 0.30, 0.00),
        new("buy_again", 6, 0.4, 0.20, 0.50, 0.20, 0.00),
        new("inspiration", 8, 0.4, 0.20, 0.20, 0.10, 0.20),
        new("seasonal", 8, 0.4, 0.50, 0.20, 0.00, 0.10),
        new("bestsellers", 8, 0.6, 0.80, 0.10, 0.00, 0.00),
        new("trending_now", 8, 0.5, 0.70, 0.10, 0.00, 0.10),
        new("mail", 6, 0.3, 0.30, 0.40, 0.10, 0.10),
        new("push", 3, 0.3, 0.40, 0.40, 0.10, 0.00),
        new("search_empty", 6, 0.4, 0.60, 0.20, 0.00, 0.00),
    ];
}
