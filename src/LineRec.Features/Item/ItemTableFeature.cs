namespace LineRec.Features;

/// <summary>The row of a table that is aligned with the catalog [items, d], such as embeddings of titles; a file of the bundle, tables/{Table}.npy.</summary>
public sealed record ItemTableFeature : ItemFeature
{
    /// <summary>The table.</summary>
    public required string Table { get; init; }

    internal override GatheredColumns Gather(EncoderParts parts) => new(Table, parts.ItemTable(Table, nameof(ItemTableFeature)), row => row);
}
