namespace LineRec;

/// <summary>An instant a row, in milliseconds since 1970-01-01 UTC. Immutable and thread-safe.</summary>
public sealed class TimeColumn : CatalogColumn
{
    /// <summary>Stands for a missing value.</summary>
    public const long Missing = long.MinValue;

    private readonly long[] _values;

    /// <summary>Wraps values; they are not copied.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="unixMilliseconds">A value a row, <see cref="Missing"/> where there is none.</param>
    public TimeColumn(string name, long[] unixMilliseconds)
        : base(name) => _values = unixMilliseconds;

    /// <inheritdoc/>
    public override int Count => _values.Length;

    /// <summary>The value of each row in milliseconds since 1970-01-01 UTC, or <see cref="Missing"/>.</summary>
    public ReadOnlySpan<long> UnixMilliseconds => _values;

    /// <summary>The value at a row, or <see cref="Missing"/>.</summary>
    /// <param name="row">The row.</param>
    public long this[int row] => _values[row];
}
