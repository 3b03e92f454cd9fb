namespace LineRec.Features;

/// <summary>One column for each of the most frequent values of a text column and one for all others; a missing value has zeros.</summary>
public sealed record OneHotFeature : ItemFeature
{
    /// <summary>The text column of the catalog.</summary>
    public required string Column { get; init; }

    /// <summary>How many values get a column of their own, 1 or more: those of the most items, ties in ordinal order.</summary>
    public int MaxValues { get; init; } = 32;

    internal override IReadOnlyList<ItemColumn> Fit(ItemStatistics statistics)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxValues);
        var column = FeatureNames.Require<TextColumn>(statistics.Catalog, Column, nameof(OneHotFeature));
        int[] items = new int[column.Values.Length];
        foreach (int code in column.Codes)
        {
            if (code >= 0) items[code]++;
        }

        string[] values = column.Values.ToArray();
        int[] kept = [.. Enumerable.Range(0, values.Length).Where(c => items[c] > 0).OrderByDescending(c => items[c]).ThenBy(c => values[c], StringComparer.Ordinal).Take(MaxValues)];
        int[] slot = new int[values.Length];
        Array.Fill(slot, kept.Length);
        for (int i = 0; i < kept.Length; i++) slot[kept[i]] = i;
        int SlotOf(int row) => column.Codes[row] < 0 ? -1 : slot[column.Codes[row]];
        return [.. Enumerable.Range(0, kept.Length + 1).Select(s => new ItemColumn(s < kept.Length ? $"{Column}={values[kept[s]]}" : $"{Column}:other", false, row => SlotOf(row) == s ? 1f : 0f))];
    }
}
