namespace LineRec.Data;

/// <summary>A condition on one column. Null and NaN meet none, as in SQL.</summary>
/// <remarks>Immutable and thread-safe. Whole-number columns are compared with whole numbers, float columns with any, times with <see cref="DateTimeOffset"/>, texts with texts; partitions with any of them.</remarks>
public sealed class DatasetCondition
{
    private DatasetCondition(string column, DatasetComparison comparison, DatasetValue[] values)
    {
        ArgumentException.ThrowIfNullOrEmpty(column);
        foreach (var value in values) _ = value.Value;
        (Column, Comparison, Values) = (column, comparison, values);
    }

    /// <summary>The column.</summary>
    public string Column { get; }

    /// <summary>How it is compared.</summary>
    public DatasetComparison Comparison { get; }

    /// <summary>With what; several for <see cref="In"/> only.</summary>
    public IReadOnlyList<DatasetValue> Values { get; }

    /// <summary>The column equals a value.</summary>
    /// <param name="column">The column.</param>
    /// <param name="value">The value.</param>
    public static DatasetCondition Equal(string column, DatasetValue value) => new(column, DatasetComparison.Equal, [value]);

    /// <summary>The column equals one of some values.</summary>
    /// <param name="column">The column.</param>
    /// <param name="values">The values; none hold for no row.</param>
    public static DatasetCondition In(string column, params DatasetValue[] values) => new(column, DatasetComparison.Equal, [.. values]);

    /// <summary>The column has a value and it isn't this one.</summary>
    /// <param name="column">The column.</param>
    /// <param name="value">The value.</param>
    public static DatasetCondition NotEqual(string column, DatasetValue value) => new(column, DatasetComparison.NotEqual, [value]);

    /// <summary>The column is less than a value.</summary>
    /// <param name="column">The column.</param>
    /// <param name="value">The value.</param>
    public static DatasetCondition Below(string column, DatasetValue value) => new(column, DatasetComparison.Below, [value]);

    /// <summary>The column is less than a value or equals it.</summary>
    /// <param name="column">The column.</param>
    /// <param name="value">The value.</param>
    public static DatasetCondition AtMost(string column, DatasetValue value) => new(column, DatasetComparison.AtMost, [value]);

    /// <summary>The column is greater than a value.</summary>
    /// <param name="column">The column.</param>
    /// <param name="value">The value.</param>
    public static DatasetCondition Above(string column, DatasetValue value) => new(column, DatasetComparison.Above, [value]);

    /// <summary>The column is greater than a value or equals it.</summary>
    /// <param name="column">The column.</param>
    /// <param name="value">The value.</param>
    public static DatasetCondition AtLeast(string column, DatasetValue value) => new(column, DatasetComparison.AtLeast, [value]);

    /// <summary>The condition as a message says it.</summary>
    /// <returns>Like "price AtLeast 5".</returns>
    public override string ToString() => $"{Column} {Comparison} {string.Join(" or ", Values)}";
}
