namespace LineRec.Retrieval;

/// <summary>The defaults of the shop retriever.</summary>
public static class ShopDefaults
{
    /// <summary>The retriever's name.</summary>
    public const string Name = "shop";

    /// <summary>How many of the user's shops are looked at.</summary>
    public const int MaxShops = 20;

    /// <summary>How many items of one shop are proposed at the most.</summary>
    public const int MaxPerShop = 10;

    /// <summary>How many items of one shop are looked at a request where the order is personal.</summary>
    public const int MaxExaminedPerShop = 1000;
}
