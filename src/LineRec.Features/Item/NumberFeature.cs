namespace LineRec.Features;

/// <summary>A number column, scaled, and the flag of a missing value (NaN or infinite).</summary>
public sealed record NumberFeature : ItemFeature
{
    /// <summary>The number column of the catalog.</summary>
    public required string Column { get; init; }

    /// <summary>Whether log(1 + x) is taken first, mirrored for negative x.</summary>
    public bool Log { get; init; }

    internal override IReadOnlyList<ItemColumn> Fit(ItemStatistics statistics)
    {
        var column = FeatureNames.Require<NumberColumn>(statistics.Catalog, Column, nameof(NumberFeature));
        return Log
            ? ItemColumn.WithMissing($"{Column}_log", row => LogScale.Signed(column[row]))
            : ItemColumn.WithMissing(Column, row => float.IsFinite(column[row]) ? column[row] : float.NaN);
    }
}
