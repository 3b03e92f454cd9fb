namespace LineRec.Data;

/// <summary>One list that was shown to a user, with what came of it. Columns are of equal length, in the order of the log.</summary>
/// <remarks>Not thread-safe for writing; the arrays are the caller's to keep.</remarks>
public sealed class ImpressionList
{
    /// <summary>The list's id; null where the log has none.</summary>
    public required string? RequestId { get; init; }

    /// <summary>Where it was shown; null where unknown.</summary>
    public required string? Placement { get; init; }

    /// <summary>To whom.</summary>
    public required string UserId { get; init; }

    /// <summary>When its first item was shown, in milliseconds since 1970-01-01 UTC.</summary>
    public required long UnixMilliseconds { get; init; }

    /// <summary>The catalog row of the item that the page was about; -1 where there is none.</summary>
    public required int AnchorRow { get; init; }

    /// <summary>The catalog row of each item.</summary>
    public required int[] Rows { get; init; }

    /// <summary>Each item's place, from 1; 0 where unknown.</summary>
    public required int[] Positions { get; init; }

    /// <summary>Each item's price as shown; NaN where unknown.</summary>
    public required float[] Prices { get; init; }

    /// <summary>The probability with which each item was shown; NaN where unknown.</summary>
    public required float[] Propensities { get; init; }

    /// <summary>Whether each item was clicked.</summary>
    public required bool[] Clicked { get; init; }

    /// <summary>Whether each item was bought.</summary>
    public required bool[] Purchased { get; init; }

    /// <summary>How many items there are.</summary>
    public int Count => Rows.Length;
}
