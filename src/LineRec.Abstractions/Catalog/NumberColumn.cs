namespace LineRec;

/// <summary>A numeric attribute; NaN where there is no value. Immutable and thread-safe.</summary>
public sealed class NumberColumn : CatalogColumn
{
    private readonly float[] _values;

    /// <summary>Wraps values; they are not copied.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="values">A value a row, NaN where missing.</param>
    public NumberColumn(string name, float[] values)
        : base(name) => _values = values;

    /// <inheritdoc/>
    public override int Count => _values.Length;

    /// <summary>The value of each row; NaN where missing.</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>The value at a row.</summary>
    /// <param name="row">The row.</param>
    public float this[int row] => _values[row];
}
