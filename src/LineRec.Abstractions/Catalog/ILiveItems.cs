namespace LineRec;

/// <summary>Stock and price as of now, over those that the bundle was built with. The host feeds it; filters read it.</summary>
/// <remarks>Thread-safe. What was set stays set when a newer bundle is loaded.</remarks>
public interface ILiveItems
{
    /// <summary>Sets an item's stock in pieces.</summary>
    /// <param name="itemId">The item; one that no bundle holds yet is remembered.</param>
    /// <param name="pieces">The stock, 0 or more.</param>
    void SetStock(string itemId, int pieces);

    /// <summary>Sets an item's price in the shop's currency.</summary>
    /// <param name="itemId">The item; one that no bundle holds yet is remembered.</param>
    /// <param name="price">The price, finite and 0 or more.</param>
    void SetPrice(string itemId, float price);

    /// <summary>An item's stock: the one set, else the catalog's, else NaN (unknown).</summary>
    /// <param name="catalog">The request's catalog.</param>
    /// <param name="row">The item's row in it.</param>
    float StockOf(Catalog catalog, int row);

    /// <summary>An item's price: the one set, else the catalog's, else NaN (unknown).</summary>
    /// <param name="catalog">The request's catalog.</param>
    /// <param name="row">The item's row in it.</param>
    float PriceOf(Catalog catalog, int row);
}
