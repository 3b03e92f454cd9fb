namespace LineRec;

/// <summary>The names of the catalog columns that LineRec knows; any other column passes through as a feature.</summary>
public static class CatalogColumns
{
    /// <summary>Text: the category path.</summary>
    public const string Category = "category";

    /// <summary>Text: the brand.</summary>
    public const string Brand = "brand";

    /// <summary>Text: the shop or seller.</summary>
    public const string Shop = "shop";

    /// <summary>Text: the title.</summary>
    public const string Title = "title";

    /// <summary>Number: the price in the shop's currency.</summary>
    public const string Price = "price";

    /// <summary>Number: the margin in the shop's currency.</summary>
    public const string Margin = "margin";

    /// <summary>Number: pieces in stock.</summary>
    public const string Stock = "stock";

    /// <summary>Time: when the item was first listed.</summary>
    public const string ListedAt = "listed_at";
}
