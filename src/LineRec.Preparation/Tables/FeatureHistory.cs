namespace LineRec.Preparation;

/// <summary>How features of users or items changed in time: a row a change, which holds until the entity's next.</summary>
/// <param name="Source">The table or files.</param>
/// <param name="Columns">The columns with the features: whole numbers or doubles, null allowed, NaN not.</param>
public sealed record FeatureHistory(SqlSource Source, IReadOnlyList<string> Columns)
{
    /// <summary>The column with the user or item.</summary>
    public string EntityId { get; init; } = "entity_id";

    /// <summary>The column with the time of the change.</summary>
    public string Timestamp { get; init; } = "time_ms";

    /// <summary>How that column holds it.</summary>
    public TimeKind TimeKind { get; init; } = TimeKind.Milliseconds;

    internal string Render(SqlDialect dialect) => SqlTemplate.Relation("history", dialect, new()
    {
        ["entity_id"] = dialect.Quote(EntityId),
        ["timestamp"] = dialect.Quote(Timestamp),
        ["time"] = SqlTemplate.Time(dialect, Timestamp, TimeKind),
        ["columns"] = List(dialect),
        ["source"] = dialect.Relation(Source),
    });

    /// <summary>The columns, one after the other.</summary>
    internal string List(SqlDialect dialect, string before = "", string after = "") => string.Join(", ", Columns.Select(c => before + dialect.Quote(c) + after));
}
