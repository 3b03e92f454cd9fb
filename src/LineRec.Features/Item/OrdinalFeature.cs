namespace LineRec.Features;

/// <summary>
/// A text column whose values have a declared order (S, M, L, XL) as the place in it, 0, 1, 2, …, scaled, and the flag of a missing value.
/// A value that isn't declared counts as missing. S. S. Stevens, "On the theory of scales of measurement", Science 103 (1946).
/// </summary>
public sealed record OrdinalFeature : ItemFeature
{
    /// <summary>The text column of the catalog.</summary>
    public required string Column { get; init; }

    /// <summary>The values from least to greatest, compared by ordinal; at least one, all distinct.</summary>
    public required IReadOnlyList<string> Order { get; init; }

    internal override string? SourceColumn => Column;

    internal override IReadOnlyList<ItemColumn> Fit(ItemStatistics statistics, FittedRun saved)
    {
        if (Order.Count == 0) throw new ArgumentException($"OrdinalFeature.Order of column '{Column}' is empty; name its values from least to greatest.");
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string value in Order)
        {
            if (!places.TryAdd(value, places.Count)) throw new ArgumentException($"OrdinalFeature.Order of column '{Column}' names '{value}' twice; a value has one place.");
        }

        var column = FeatureNames.Require<TextColumn>(statistics.Catalog, Column, nameof(OrdinalFeature));
        float[] placeOf = [.. column.Values.ToArray().Select(v => places.TryGetValue(v, out int place) ? place : float.NaN)];
        return ItemColumn.WithMissing($"{Column}_ordinal", row => column.Codes[row] < 0 ? float.NaN : placeOf[column.Codes[row]]);
    }
}
