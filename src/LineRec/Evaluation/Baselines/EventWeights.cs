namespace LineRec;

/// <summary>How much an event of each type counts for a baseline; 0 leaves the type out.</summary>
/// <param name="Name">For reports.</param>
/// <param name="Click">A click's weight.</param>
/// <param name="Cart">A cart's weight.</param>
/// <param name="Purchase">A purchase's weight.</param>
/// <param name="Favourite">A favourite's weight.</param>
public sealed record EventWeights(string Name, float Click, float Cart, float Purchase, float Favourite)
{
    /// <summary>Every type that a user turns to an item with counts the same.</summary>
    public static EventWeights Alike { get; } = new("all alike", 1, 1, 1, 1);

    /// <summary>A purchase counts more than a cart, a cart more than a click.</summary>
    public static EventWeights Graded { get; } = new("graded", 0.2f, 0.5f, 1, 0.5f);

    /// <summary>The weight of a type.</summary>
    /// <param name="type">The type.</param>
    public float Of(EventType type) => type switch
    {
        EventType.Click => Click,
        EventType.Cart => Cart,
        EventType.Purchase => Purchase,
        EventType.Favourite => Favourite,
        _ => 0f,
    };

    /// <summary>Only one type counts.</summary>
    /// <param name="type">The type: click, cart, purchase or favourite.</param>
    public static EventWeights Only(EventType type) => new(
        $"{type.ToString().ToLowerInvariant()}s only",
        type == EventType.Click ? 1 : 0,
        type == EventType.Cart ? 1 : 0,
        type == EventType.Purchase ? 1 : 0,
        type == EventType.Favourite ? 1 : 0);

    /// <summary>The grid for a log: the target type alone and, where the log has others besides, all of them graded and alike.</summary>
    /// <param name="events">The log.</param>
    /// <param name="target">What counts as turning to an item.</param>
    public static IReadOnlyList<EventWeights> GridFor(InteractionTable events, EventType target) =>
        Array.Exists(events.Types, t => t != target && Alike.Of(t) > 0) ? [Only(target), Graded, Alike] : [Only(target)];
}
