namespace LineRec.Data;

/// <summary>One row of the events table.</summary>
/// <param name="UserId">Who; not empty.</param>
/// <param name="ItemId">Which item; null only for a search.</param>
/// <param name="Type">What was done.</param>
/// <param name="UnixMilliseconds">When, in milliseconds since 1970-01-01 UTC.</param>
public readonly record struct EventRow(string UserId, string? ItemId, EventType Type, long UnixMilliseconds)
{
    /// <summary>Where on the site; null where unknown.</summary>
    public string? Placement { get; init; }

    /// <summary>The item's place in the list, from 1; 0 where unknown.</summary>
    public int Position { get; init; }

    /// <summary>The list that the event belongs to; null where unknown.</summary>
    public string? RequestId { get; init; }

    /// <summary>The probability with which the item was shown; NaN where unknown.</summary>
    public float Propensity { get; init; } = float.NaN;

    /// <summary>The search words; null where there are none.</summary>
    public string? Query { get; init; }

    /// <summary>How many pieces, or how much; NaN where unknown.</summary>
    public float Quantity { get; init; } = float.NaN;

    /// <summary>The price a piece; NaN where unknown.</summary>
    public float Price { get; init; } = float.NaN;

    /// <summary>The item that the page was about; null where there is none.</summary>
    public string? AnchorItemId { get; init; }
}
