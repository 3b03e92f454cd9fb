namespace LineRec.Features;

/// <summary>One column of the item block while it is fitted.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Scaled">Whether it is scaled to mean 0 and deviation 1.</param>
/// <param name="Value">The value of a row; NaN where missing.</param>
internal sealed record ItemColumn(string Name, bool Scaled, Func<int, float> Value)
{
    /// <summary>Whether a missing value becomes the mean of the known ones, which is learnt; else it becomes 0.</summary>
    internal bool MeanForMissing { get; init; }

    /// <summary>What the feature learnt and needs again for items that come later; see <see cref="FittedColumn.Parameters"/>.</summary>
    internal IReadOnlyList<double>? Parameters { get; init; }

    /// <summary>What the feature learnt of each value of a text column; see <see cref="FittedColumn.Values"/>.</summary>
    internal IReadOnlyDictionary<string, float>? Values { get; init; }

    /// <summary>A scaled column and, beside it, the flag of its missing values.</summary>
    internal static ItemColumn[] WithMissing(string name, Func<int, float> value) => [new(name, true, value), MissingFlag(name, value)];

    /// <summary>The flag of a column's missing values.</summary>
    internal static ItemColumn MissingFlag(string name, Func<int, float> value) => new($"{name}_missing", false, row => float.IsNaN(value(row)) ? 1f : 0f);
}
