namespace LineRec.Features;

/// <summary>log(1 + number of events) of each type, and of distinct items.</summary>
public sealed record EventCountsFeature : UserFeature
{
    /// <summary>The types, a column each. Default click, cart, purchase and favourite.</summary>
    public IReadOnlyList<EventType> Types { get; init; } = [EventType.Click, EventType.Cart, EventType.Purchase, EventType.Favourite];

    internal override UserEncoding Compile(EncoderParts parts)
    {
        EventType[] types = [.. Types];
        string[] names = [.. types.Select(t => $"user_{FeatureNames.Of(t)}"), "user_items"];
        return new UserEncoding(names, (request, values) =>
        {
            var summary = request.Summary;
            for (int i = 0; i < types.Length; i++) values[i] = LogScale.Count(summary.CountOf(types[i]));
            values[types.Length] = LogScale.Count(summary.ItemCount);
        });
    }
}
