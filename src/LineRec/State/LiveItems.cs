using System.Collections.Concurrent;

namespace LineRec;

/// <summary>Stock and price as of now, in memory, by item id. Thread-safe; reading what was never set costs one check.</summary>
public sealed class LiveItems : ILiveItems
{
    private readonly ConcurrentDictionary<string, float> _stock = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, float> _price = new(StringComparer.Ordinal);
    private volatile bool _hasStock;
    private volatile bool _hasPrice;

    /// <inheritdoc/>
    public void SetStock(string itemId, int pieces)
    {
        ArgumentException.ThrowIfNullOrEmpty(itemId);
        ArgumentOutOfRangeException.ThrowIfNegative(pieces);
        _stock[itemId] = pieces;
        _hasStock = true;
    }

    /// <inheritdoc/>
    public void SetPrice(string itemId, float price)
    {
        ArgumentException.ThrowIfNullOrEmpty(itemId);
        if (!float.IsFinite(price) || price < 0) throw new ArgumentOutOfRangeException(nameof(price), price, $"The price of '{itemId}' must be finite and 0 or more.");
        _price[itemId] = price;
        _hasPrice = true;
    }

    /// <inheritdoc/>
    public float StockOf(Catalog catalog, int row) => Value(_hasStock, _stock, catalog.Stock, catalog, row);

    /// <inheritdoc/>
    public float PriceOf(Catalog catalog, int row) => Value(_hasPrice, _price, catalog.Price, catalog, row);

    private static float Value(bool any, ConcurrentDictionary<string, float> live, NumberColumn? column, Catalog catalog, int row)
    {
        if (any && live.TryGetValue(catalog.IdOf(row), out float value)) return value;
        return column is null ? float.NaN : column[row];
    }
}
