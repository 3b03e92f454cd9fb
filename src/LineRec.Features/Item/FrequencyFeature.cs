namespace LineRec.Features;

/// <summary>
/// The share of the catalog's items that have the item's value of a text column (frequency or count encoding), scaled or as a transform says, and
/// the flag of a missing value. A value that only later items have has the share 0. features.json holds the share of each value.
/// The definition is that of category_encoders' CountEncoder, normalised.
/// </summary>
public sealed record FrequencyFeature : ItemFeature
{
    /// <summary>The text column of the catalog.</summary>
    public required string Column { get; init; }

    /// <summary>What takes the z-score's place; null for the z-score.</summary>
    public NumberTransform? Transform { get; init; }

    internal override string? SourceColumn => Column;

    internal override NumberTransform? OwnTransform => Transform;

    internal override IReadOnlyList<ItemColumn> Fit(ItemStatistics statistics, FittedRun saved)
    {
        var column = FeatureNames.Require<TextColumn>(statistics.Catalog, Column, nameof(FrequencyFeature));
        var shares = saved.First?.Values ?? Shares(column);
        float[] ofCode = [.. column.Values.ToArray().Select(v => shares.GetValueOrDefault(v))];
        var columns = new NumberColumns($"{Column}_frequency", Transform).Make(column.Count, row => column.Codes[row] < 0 ? float.NaN : ofCode[column.Codes[row]], saved.First);
        return [columns[0] with { Values = shares }, .. columns.Skip(1)];
    }

    private static SortedDictionary<string, float> Shares(TextColumn column)
    {
        int[] items = new int[column.Values.Length];
        foreach (int code in column.Codes)
        {
            if (code >= 0) items[code]++;
        }

        var shares = new SortedDictionary<string, float>(StringComparer.Ordinal);
        for (int code = 0; code < items.Length; code++)
        {
            if (items[code] > 0) shares.Add(column.Values[code], (float)((double)items[code] / column.Count));
        }

        return shares;
    }
}
