namespace LineRec;

/// <summary>A campaign: for its time, the items it applies to are weighted.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">Its kind: "holiday", "points", "promotion", …</param>
/// <param name="StartsAt">Inclusive start.</param>
/// <param name="EndsAt">Exclusive end.</param>
/// <param name="Weight">What the score of an item it applies to is multiplied with, over 0; over 1 lifts.</param>
/// <param name="Column">The text column of the catalog that is looked at; null for every item.</param>
/// <param name="Values">The values of that column that the campaign applies to; a category path's prefix counts too.</param>
public sealed record Campaign(string Id, string Kind, DateTimeOffset StartsAt, DateTimeOffset EndsAt, float Weight, string? Column, IReadOnlyList<string> Values)
{
    /// <summary>Whether the campaign runs at an instant.</summary>
    /// <param name="time">The instant.</param>
    public bool IsActiveAt(DateTimeOffset time) => StartsAt <= time && time < EndsAt;
}
