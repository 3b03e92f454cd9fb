using Apache.Arrow;

namespace LineRec.Data;

/// <summary>A condition on float or double.</summary>
internal sealed class NumberTest(DatasetCondition condition, double[] values) : ColumnTest(condition)
{
    public override bool MayHold(object least, object greatest, Leaf leaf)
    {
        // Some writers let NaN into their statistics: these say nothing then.
        if ((least, greatest) is not (double low, double high) || double.IsNaN(low) || double.IsNaN(high)) return true;
        return values.Any(v => !double.IsNaN(v) && Comparing.MayHold(Condition.Comparison, low.CompareTo(v), high.CompareTo(v)));
    }

    public override void Keep(IArrowArray array, Span<bool> keep)
    {
        var validity = new Validity(array);
        var wide = array is DoubleArray doubles ? doubles.Values : default;
        var narrow = array is FloatArray floats ? floats.Values : default;
        for (int row = 0; row < keep.Length; row++) keep[row] = keep[row] && validity[row] && Holds(wide.IsEmpty ? narrow[row] : wide[row]);
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
