namespace LineRec.Features;

/// <summary>One column for each of the most frequent values of a text column and one for all others; a missing value has zeros.</summary>
public sealed record OneHotFeature : ItemFeature
{
    /// <summary>The text column of the catalog.</summary>
    public required string Column { get; init; }

    /// <summary>How many values get a column of their own, 1 or more: those of the most items, ties in ordinal order.</summary>
    public int MaxValues { get; init; } = 32;

    internal override string? SourceColumn => Column;

    internal override IReadOnlyList<ItemColumn> Fit(ItemStatistics statistics, FittedRun saved)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxValues);
        var column = FeatureNames.Require<TextColumn>(statistics.Catalog, Column, nameof(OneHotFeature));
        string[] kept = saved.First is null ? FrequentValues.Of(column, MaxValues) : [.. FrequentValues.Saved(Column, saved)];
        int[] slot = FrequentValues.Slots(column, kept);
        int SlotOf(int row) => column.Codes[row] < 0 ? -1 : slot[column.Codes[row]];
        return [.. Enumerable.Range(0, kept.Length + 1).Select(s => new ItemColumn(s < kept.Length ? FrequentValues.ValueColumn(Column, kept[s]) : FrequentValues.OtherColumn(Column), false, row => SlotOf(row) == s ? 1f : 0f))];
    }
}
