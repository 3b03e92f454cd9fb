using System.Numerics;

namespace LineRec.Data;

/// <summary>A condition on float or double.</summary>
internal sealed class NumberTest(DatasetCondition condition, DatasetField field, double[] values) : ColumnTest(condition, field)
{
    public override bool MayHold(object least, object greatest, Leaf leaf)
    {
        // Some writers let NaN into their statistics: these say nothing then.
        if ((least, greatest) is not (double low, double high) || double.IsNaN(low) || double.IsNaN(high)) return true;
        return values.Any(v => !double.IsNaN(v) && Comparing.MayHold(Condition.Comparison, low.CompareTo(v), high.CompareTo(v)));
    }

    public override void Keep(ColumnBuilder column, Span<bool> keep)
    {
        // Null is NaN here.
        if (column is ValueColumnBuilder<double> wide) Keep(wide.StoredValues, keep);
        else Keep(((ValueColumnBuilder<float>)column).StoredValues, keep);
    }

    private void Keep<T>(ReadOnlySpan<T> read, Span<bool> keep)
        where T : INumber<T>
    {
        for (int row = 0; row < keep.Length; row++) keep[row] = keep[row] && Holds(double.CreateTruncating(read[row]));
    }

    private bool Holds(double value)
    {
        if (double.IsNaN(value)) return false;
        foreach (double other in values)
        {
            if (!double.IsNaN(other) && Comparing.Holds(Condition.Comparison, value.CompareTo(other))) return true;
        }

        return false;
    }
}
