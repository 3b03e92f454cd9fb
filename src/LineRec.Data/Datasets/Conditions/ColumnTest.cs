namespace LineRec.Data;

/// <summary>A condition bound to a column of a known type: asked of row groups by their statistics, then of rows.</summary>
internal abstract class ColumnTest(DatasetCondition condition, DatasetField field)
{
    public DatasetField Field { get; } = field;

    protected DatasetCondition Condition => condition;

    /// <exception cref="ArgumentException">The column can't be compared with such a value.</exception>
    public static ColumnTest For(DatasetCondition condition, DatasetField field)
    {
        if (field is { IsList: false } && field.Type == typeof(string)) return new TextTest(condition, field);
        if (field.IsList || field.Type == typeof(ulong)) throw new ArgumentException($"The condition '{condition}' is on a column of type {field}; conditions are on numbers, truth values, times and texts. Leave it out and filter the batches.", nameof(condition));
        if (field.Type == typeof(float) || field.Type == typeof(double)) return new NumberTest(condition, field, [.. condition.Values.Select(v => Number(v, condition, field))]);
        return new WholeNumberTest(condition, field, [.. condition.Values.Select(v => Whole(v, condition, field))]);
    }

    /// <summary>Whether any row of a column chunk may meet the condition.</summary>
    /// <param name="least">Its least value, as <see cref="StoredChunk.Range"/> has it.</param>
    /// <param name="greatest">Its greatest.</param>
    /// <param name="leaf">How it is stored.</param>
    public abstract bool MayHold(object least, object greatest, Leaf leaf);

    /// <summary>Takes away the rows that don't meet it.</summary>
    /// <param name="column">A row group's values, as a column of the field's type takes them.</param>
    /// <param name="keep">Which rows are left, [rows].</param>
    public abstract void Keep(ColumnBuilder column, Span<bool> keep);

    private static double Number(DatasetValue value, DatasetCondition condition, DatasetField field) => value.Value switch
    {
        double number => number,
        long number => number,
        _ => throw Unfit(condition, field, "numbers"),
    };

    private static long Whole(DatasetValue value, DatasetCondition condition, DatasetField field) => (value.Value, field.Type) switch
    {
        (DateTimeOffset time, var type) when type == typeof(DateTimeOffset) => TimeUnits.FloorDivide(time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks, TimeSpan.TicksPerMillisecond),
        (bool flag, var type) when type == typeof(bool) => flag ? 1 : 0,
        (long number, var type) when type != typeof(DateTimeOffset) && type != typeof(bool) => number,
        _ => throw Unfit(condition, field, field.Type == typeof(DateTimeOffset) ? "DateTimeOffset" : field.Type == typeof(bool) ? "true or false" : "whole numbers"),
    };

    private static ArgumentException Unfit(DatasetCondition condition, DatasetField field, string need) =>
        new($"The condition '{condition}' is on a column of type {field}, which is compared with {need}. Give such a value.", nameof(condition));
}
