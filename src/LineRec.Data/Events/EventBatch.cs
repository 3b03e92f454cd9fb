namespace LineRec.Data;

/// <summary>
/// Events as columns of equal length, in the file's order: one row group as <see cref="EventReader"/> reads it. A column that wasn't asked for or that
/// the file lacks is null.
/// </summary>
/// <remarks>Not thread-safe. Its arrays are the caller's to keep; equal ids share one string.</remarks>
public sealed class EventBatch
{
    /// <summary>How many events there are.</summary>
    public int Count => UserIds.Length;

    /// <summary>Who.</summary>
    public required string[] UserIds { get; init; }

    /// <summary>Which item; null only for a search.</summary>
    public required string?[] ItemIds { get; init; }

    /// <summary>What was done.</summary>
    public required EventType[] Types { get; init; }

    /// <summary>When, in milliseconds since 1970-01-01 UTC.</summary>
    public required long[] Times { get; init; }

    /// <summary>Where on the site; null where unknown.</summary>
    public string?[]? Placements { get; init; }

    /// <summary>The item's place in the list, from 1; 0 where unknown.</summary>
    public int[]? Positions { get; init; }

    /// <summary>The list that the event belongs to; null where unknown.</summary>
    public string?[]? RequestIds { get; init; }

    /// <summary>The probability with which the item was shown; NaN where unknown.</summary>
    public float[]? Propensities { get; init; }

    /// <summary>The search words; null where there are none.</summary>
    public string?[]? Queries { get; init; }

    /// <summary>How many pieces, or how much; NaN where unknown.</summary>
    public float[]? Quantities { get; init; }

    /// <summary>The price a piece; NaN where unknown.</summary>
    public float[]? Prices { get; init; }

    /// <summary>The item that the page was about; null where there is none.</summary>
    public string?[]? AnchorItemIds { get; init; }

    /// <summary>One event as a row.</summary>
    /// <param name="index">0 to Count - 1.</param>
    public EventRow this[int index] => new(UserIds[index], ItemIds[index], Types[index], Times[index])
    {
        Placement = Placements?[index],
        Position = Positions?[index] ?? 0,
        RequestId = RequestIds?[index],
        Propensity = Propensities?[index] ?? float.NaN,
        Query = Queries?[index],
        Quantity = Quantities?[index] ?? float.NaN,
        Price = Prices?[index] ?? float.NaN,
        AnchorItemId = AnchorItemIds?[index],
    };
}
