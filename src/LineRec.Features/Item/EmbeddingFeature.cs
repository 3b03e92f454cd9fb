namespace LineRec.Features;

/// <summary>
/// A text column, label-encoded by the catalog's codes, as rows of an embedding table [values + 1, d]: row code + 1, row 0 for a missing
/// value. The table is a file of the bundle, tables/{Table}.npy.
/// </summary>
public sealed record EmbeddingFeature : ItemFeature
{
    /// <summary>The text column of the catalog.</summary>
    public required string Column { get; init; }

    /// <summary>The embedding table.</summary>
    public required string Table { get; init; }

    internal override string? SourceColumn => Column;

    internal override IReadOnlyList<ItemColumn> Fit(ItemStatistics statistics, FittedRun saved)
    {
        FeatureNames.Require<TextColumn>(statistics.Catalog, Column, nameof(EmbeddingFeature));
        return [];
    }

    internal override GatheredColumns Gather(EncoderParts parts)
    {
        var column = parts.Require<TextColumn>(Column, nameof(EmbeddingFeature));
        var table = parts.Table(Table, nameof(EmbeddingFeature));
        if (table.Rows != column.Values.Length + 1)
            throw new InvalidOperationException($"Table '{Table}' has {table.Rows} rows; column '{Column}' has {column.Values.Length} values, so {column.Values.Length + 1} are needed (row 0 for a missing value). Export the table with this catalog.");
        return new GatheredColumns($"{Column}_embedding", table, row => column.Codes[row] + 1);
    }
}
