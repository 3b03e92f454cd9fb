namespace LineRec.Preparation;

/// <summary>What negatives are drawn from: a row a chance. The items table draws evenly; a log's clicks draw by popularity.</summary>
/// <param name="Source">The table or files.</param>
public sealed record ItemPool(SqlSource Source)
{
    /// <summary>The column of items.</summary>
    public string ItemId { get; init; } = "item_id";

    internal string Render(SqlDialect dialect) => SqlTemplate.Relation("pool", dialect, new()
    {
        ["item_id"] = dialect.Quote(ItemId), ["source"] = dialect.Relation(Source),
    });
}
