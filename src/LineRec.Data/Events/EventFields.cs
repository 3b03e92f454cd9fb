namespace LineRec.Data;

/// <summary>The column names of the events table.</summary>
public static class EventFields
{
    /// <summary>Who; text, never null.</summary>
    public const string UserId = "user_id";

    /// <summary>Which item; text, null only for a search.</summary>
    public const string ItemId = "item_id";

    /// <summary>What was done: one of <see cref="EventTypeNames.All"/>.</summary>
    public const string EventType = "event_type";

    /// <summary>When, UTC.</summary>
    public const string Timestamp = "timestamp";

    /// <summary>Where on the site; see <see cref="EventColumns.Placement"/>.</summary>
    public const string Placement = "placement";

    /// <summary>The place in the list; see <see cref="EventColumns.Position"/>.</summary>
    public const string Position = "position";

    /// <summary>The list; see <see cref="EventColumns.RequestId"/>.</summary>
    public const string RequestId = "request_id";

    /// <summary>The probability of being shown; see <see cref="EventColumns.Propensity"/>.</summary>
    public const string Propensity = "propensity";

    /// <summary>The search words; see <see cref="EventColumns.Query"/>.</summary>
    public const string Query = "query";

    /// <summary>How many; see <see cref="EventColumns.Quantity"/>.</summary>
    public const string Quantity = "quantity";

    /// <summary>The price a piece; see <see cref="EventColumns.Price"/>.</summary>
    public const string Price = "price";

    /// <summary>The item that the page was about; see <see cref="EventColumns.AnchorItemId"/>.</summary>
    public const string AnchorItemId = "anchor_item_id";
}
