namespace LineRec.Retrieval;

/// <summary>
/// Which items a request starts from, and how much each weighs: the request's anchors, what lies in the user's cart, the newest items of the
/// history. An immutable value.
/// </summary>
public sealed record SeedWeights
{
    /// <summary>The most items that <see cref="MaxItems"/> can ask for.</summary>
    public const int MaxMaxItems = 1000;

    /// <summary>How much each anchor of the request weighs, 0 or more; 0 ignores anchors. Default 1.</summary>
    public float AnchorWeight { get; init; } = 1f;

    /// <summary>How much each item in the cart weighs, 0 or more; 0 ignores the cart. Default 0.</summary>
    public float CartWeight { get; init; }

    /// <summary>How long an item lies in the cart: a cart event counts while it is no older and the item wasn't bought after it. Default 7 days.</summary>
    public TimeSpan CartWindow { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How much each item of the history weighs; null ignores the history. Default null.</summary>
    public HistoryWeights? History { get; init; }

    /// <summary>How many anchors and items in the cart count at the most: the first anchors, then the newest in the cart. 1 to 1,000. Default 100.</summary>
    public int MaxItems { get; init; } = 100;

    /// <summary>How many seeds there are at the most.</summary>
    internal int Capacity => MaxItems + (History?.Last ?? 0);

    /// <summary>Picks the distinct seeds: anchors in the request's order, then the cart from the newest on, then the history from the newest on. One that is several of these weighs the most of them.</summary>
    /// <param name="context">The request.</param>
    /// <param name="rows">Receives item rows; at least <see cref="Capacity"/> long.</param>
    /// <param name="weights">Receives their weights, as long.</param>
    /// <param name="basketCount">How many of the first are anchors or in the cart.</param>
    /// <returns>How many were picked.</returns>
    /// <remarks>O(seeds² + seeds × events in the cart's window), no allocation.</remarks>
    internal int Select(RequestContext context, Span<int> rows, Span<float> weights, out int basketCount)
    {
        int count = 0;
        if (AnchorWeight > 0f)
        {
            foreach (int anchor in context.Anchors) Put(anchor, AnchorWeight, MaxItems, rows, weights, ref count);
        }

        if (CartWeight > 0f) SelectCart(context, rows, weights, ref count);
        basketCount = count;
        if (History is null) return count;
        Span<int> own = stackalloc int[History.Last];
        Span<float> ownWeights = stackalloc float[History.Last];
        int ownCount = History.Select(context.History, context.UnixMilliseconds, own, ownWeights);
        for (int i = 0; i < ownCount; i++) Put(own[i], ownWeights[i], Capacity, rows, weights, ref count);
        return count;
    }

    internal void Validate(string owner)
    {
        if (!Fits(AnchorWeight) || !Fits(CartWeight)) throw new ArgumentException($"{owner}: AnchorWeight is {AnchorWeight} and CartWeight {CartWeight}; they must be finite and 0 or more.");
        if (AnchorWeight == 0f && CartWeight == 0f && History is null) throw new ArgumentException($"{owner}: AnchorWeight and CartWeight are 0 and History is null; one of them must count, or there is nothing to start from.");
        if (CartWindow <= TimeSpan.Zero) throw new ArgumentException($"{owner}: CartWindow is {CartWindow}; it must be over zero.");
        if (MaxItems is < 1 or > MaxMaxItems) throw new ArgumentException($"{owner}: MaxItems is {MaxItems}; it must be 1 to {MaxMaxItems}.");
        History?.Validate($"{owner}.{nameof(History)}");
    }

    private static bool Fits(float weight) => weight >= 0f && float.IsFinite(weight);

    private void SelectCart(RequestContext context, Span<int> rows, Span<float> weights, ref int count)
    {
        var items = context.History.Rows;
        var types = context.History.Types;
        var times = context.History.Times;
        double oldest = context.UnixMilliseconds - CartWindow.TotalMilliseconds;
        for (int i = items.Length - 1; i >= 0 && times[i] >= oldest; i--)
        {
            if (types[i] == EventType.Cart && !IsBought(items[i], items[(i + 1)..], types[(i + 1)..])) Put(items[i], CartWeight, MaxItems, rows, weights, ref count);
        }
    }

    private static bool IsBought(int item, ReadOnlySpan<int> laterItems, ReadOnlySpan<EventType> laterTypes)
    {
        for (int i = 0; i < laterItems.Length; i++)
        {
            if (laterItems[i] == item && laterTypes[i] == EventType.Purchase) return true;
        }

        return false;
    }

    private static void Put(int row, float weight, int most, Span<int> rows, Span<float> weights, ref int count)
    {
        int known = rows[..count].IndexOf(row);
        if (known >= 0)
        {
            weights[known] = Math.Max(weights[known], weight);
        }
        else if (count < most)
        {
            (rows[count], weights[count]) = (row, weight);
            count++;
        }
    }
}
