namespace LineRec.Data;

/// <summary>The column names of the events table.</summary>
internal static class EventFields
{
    public const string UserId = "user_id";
    public const string ItemId = "item_id";
    public const string EventType = "event_type";
    public const string Timestamp = "timestamp";
    public const string Placement = "placement";
    public const string Position = "position";
    public const string RequestId = "request_id";
    public const string Propensity = "propensity";
    public const string Query = "query";
    public const string Quantity = "quantity";
    public const string Price = "price";
    public const string AnchorItemId = "anchor_item_id";
}
