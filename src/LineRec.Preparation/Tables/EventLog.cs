namespace LineRec.Preparation;

/// <summary>A log of events, and under which names it has the columns that queries need. The defaults are the data contract's.</summary>
/// <param name="Source">The table or files.</param>
public sealed record EventLog(SqlSource Source)
{
    /// <summary>The column of users: text, or what casts to text.</summary>
    public string UserId { get; init; } = "user_id";

    /// <summary>The column of items; null in rows of searches.</summary>
    public string ItemId { get; init; } = "item_id";

    /// <summary>The column of event types, which holds impression, click, cart, purchase, favourite, search. Rows of other types are counted as events, and nowhere else.</summary>
    public string EventType { get; init; } = "event_type";

    /// <summary>The column of placements; null where the log has none: every placement is null then.</summary>
    public string? Placement { get; init; } = "placement";

    /// <summary>The column of times; at or after 1970.</summary>
    public string Timestamp { get; init; } = "timestamp";

    /// <summary>How that column holds them.</summary>
    public TimeKind TimeKind { get; init; }

    /// <summary>A log folder's or file's events.</summary>
    /// <param name="path">A .parquet file or a folder of them.</param>
    public static EventLog Parquet(string path) => new(SqlSource.Parquet(path));

    internal string Render(SqlDialect dialect) => SqlTemplate.Relation("events", dialect, new()
    {
        ["user_id"] = dialect.Quote(UserId),
        ["item_id"] = dialect.Quote(ItemId),
        ["event_type"] = dialect.Quote(EventType),
        ["placement"] = Placement is null ? "NULL" : dialect.Quote(Placement),
        ["timestamp"] = dialect.Quote(Timestamp),
        ["time"] = SqlTemplate.Time(dialect, Timestamp, TimeKind),
        ["source"] = dialect.Relation(Source),
    });
}
