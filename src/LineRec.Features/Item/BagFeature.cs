using System.Globalization;

namespace LineRec.Features;

/// <summary>
/// A text column that lists several values ("red|blue", or with weights "red:0.7|blue:0.3") as one column for each of the most frequent and one for
/// the sum of all others: multi-hot, or a weighted bag. A missing value has zeros. Values are trimmed and compared by ordinal; named twice in one
/// list they count once without weights, and their weights add up.
/// </summary>
public sealed record BagFeature : ItemFeature
{
    /// <summary>The text column of the catalog.</summary>
    public required string Column { get; init; }

    /// <summary>What stands between values. Default "|"; "/" takes a category path apart.</summary>
    public string Separator { get; init; } = "|";

    /// <summary>What stands between a value and its weight, at its last place in it; null where values have no weights. A value without one weighs 1.</summary>
    public string? WeightSeparator { get; init; }

    /// <summary>How many values get a column of their own, 1 or more: those of the most items, ties in ordinal order.</summary>
    public int MaxValues { get; init; } = 32;

    /// <summary>Whether an item's weights are divided by the sum of their magnitudes, so that long lists don't weigh more.</summary>
    public bool Normalise { get; init; }

    internal override string? SourceColumn => Column;

    internal override IReadOnlyList<ItemColumn> Fit(ItemStatistics statistics, FittedRun saved)
    {
        ArgumentException.ThrowIfNullOrEmpty(Separator);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxValues);
        var column = FeatureNames.Require<TextColumn>(statistics.Catalog, Column, nameof(BagFeature));
        var bags = new Dictionary<string, float>[column.Values.Length];
        for (int code = 0; code < bags.Length; code++) bags[code] = Parse(column.Values[code]);
        string[] kept = saved.First is null ? Frequent(column, bags) : [.. SavedValues(saved)];
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string value in kept) numbers.Add(value, numbers.Count);
        var rows = new SparseRows(bags.Length, code => bags[code].Select(v => (numbers.GetValueOrDefault(v.Key, kept.Length), v.Value)));
        return [.. Enumerable.Range(0, kept.Length + 1).Select(c => new ItemColumn(c < kept.Length ? $"{Column}+{kept[c]}" : OtherColumn, false, row => column.Codes[row] < 0 ? 0f : rows[column.Codes[row], c]))];
    }

    private string OtherColumn => $"{Column}:other_parts";

    private IEnumerable<string> SavedValues(FittedRun saved)
    {
        for (int i = 0; saved[i] is { } fitted && fitted.Name != OtherColumn; i++) yield return fitted.Name[(Column.Length + 1)..];
    }

    private string[] Frequent(TextColumn column, Dictionary<string, float>[] bags)
    {
        var items = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (int code in column.Codes)
        {
            if (code < 0) continue;
            foreach (string value in bags[code].Keys) items[value] = items.GetValueOrDefault(value) + 1;
        }

        return [.. items.OrderByDescending(v => v.Value).ThenBy(v => v.Key, StringComparer.Ordinal).Take(MaxValues).Select(v => v.Key)];
    }

    private Dictionary<string, float> Parse(string text)
    {
        var bag = new Dictionary<string, float>(StringComparer.Ordinal);
        foreach (string part in text.Split(Separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            int at = WeightSeparator is { Length: > 0 } mark ? part.LastIndexOf(mark, StringComparison.Ordinal) : -1;
            if (at < 0)
            {
                bag[part] = WeightSeparator is null ? 1f : bag.GetValueOrDefault(part) + 1f;
                continue;
            }

            string value = part[..at].TrimEnd();
            if (!float.TryParse(part[(at + WeightSeparator!.Length)..], NumberStyles.Float, CultureInfo.InvariantCulture, out float weight) || !float.IsFinite(weight))
                throw new ArgumentException($"Column '{Column}' has '{part}' in '{text}'; after '{WeightSeparator}' a finite weight such as 0.7 is expected. Correct the item, or leave WeightSeparator out.");
            bag[value] = bag.GetValueOrDefault(value) + weight;
        }

        float sum = bag.Values.Sum(MathF.Abs);
        return Normalise && sum > 0f ? bag.ToDictionary(v => v.Key, v => v.Value / sum, StringComparer.Ordinal) : bag;
    }
}
