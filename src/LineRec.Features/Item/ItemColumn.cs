namespace LineRec.Features;

/// <summary>One column of the item block while it is fitted.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Scaled">Whether it is scaled to mean 0 and deviation 1.</param>
/// <param name="Value">The value of a row; NaN where missing (only where scaled).</param>
internal sealed record ItemColumn(string Name, bool Scaled, Func<int, float> Value)
{
    /// <summary>A scaled column and, beside it, the flag of its missing values.</summary>
    internal static ItemColumn[] WithMissing(string name, Func<int, float> value) =>
        [new(name, true, value), new($"{name}_missing", false, row => float.IsNaN(value(row)) ? 1f : 0f)];
}
