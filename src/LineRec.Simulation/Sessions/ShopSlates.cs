namespace LineRec.Simulation;

/// <summary>Gets lists from a recommender. Thread-safe.</summary>
internal sealed class ShopSlates(ShopWorld world, ShopServing serving)
{
    private readonly Dictionary<string, int> _items = world.ItemIds.Index().ToDictionary(i => i.Item, i => i.Index, StringComparer.Ordinal);

    /// <summary>Fills a list with a slate.</summary>
    /// <param name="placement">Where.</param>
    /// <param name="userId">For whom.</param>
    /// <param name="anchor">The item that the page is about, or -1.</param>
    /// <param name="query">The search words.</param>
    /// <param name="time">When.</param>
    /// <param name="seed">Tells requests of one instant apart.</param>
    /// <param name="items">Receives the items, first position first.</param>
    /// <returns>The attribution id; null where the recommender isn't asked.</returns>
    public string? Fill(ShopPlacement placement, string userId, int anchor, string? query, long time, int seed, List<int> items)
    {
        if (!serving.Placements.Contains(placement.Name)) return null;
        var pending = serving.Recommender.RecommendAsync(new RecommendationRequest
        {
            Placement = placement.Name,
            UserId = userId,
            Take = placement.Length,
            AnchorItemIds = anchor >= 0 ? [world.ItemIds[anchor]] : [],
            Query = query,
            Time = DateTimeOffset.FromUnixTimeMilliseconds(time),
            Seed = (ulong)seed,
        });
        var slate = pending.IsCompleted ? pending.GetAwaiter().GetResult() : pending.AsTask().GetAwaiter().GetResult();
        items.Clear();
        foreach (var item in slate.Items) items.Add(_items[item.ItemId]);
        return slate.AttributionId.ToString();
    }

    /// <summary>Tells the recommender what a user did.</summary>
    public void Happened(string userId, int item, EventType type, long time) =>
        serving.Histories.Append(new UserEvent(userId, world.ItemIds[item], type, DateTimeOffset.FromUnixTimeMilliseconds(time)));
}
