namespace LineRec.Features;

/// <summary>The saved columns of an earlier fit from a feature's first one on; none while a feature is fitted.</summary>
internal readonly struct FittedRun(IReadOnlyList<FittedColumn>? columns, int start)
{
    /// <summary>The feature's first column, or null while it is fitted.</summary>
    internal FittedColumn? First => this[0];

    internal FittedColumn? this[int index] => columns is not null && start + index < columns.Count ? columns[start + index] : null;
}
