using Apache.Arrow;

namespace LineRec.Data;

/// <summary>A condition on whole numbers, truth values or times, all as long.</summary>
internal sealed class WholeNumberTest(DatasetCondition condition, DatasetField field, long[] values) : ColumnTest(condition)
{
    private readonly bool _isTime = field.Type == typeof(DateTimeOffset);
    private readonly bool _isUnsigned = field.Type == typeof(byte) || field.Type == typeof(ushort) || field.Type == typeof(uint);

    public override bool MayHold(object least, object greatest, Leaf leaf)
    {
        // Unsigned numbers are stored as signed ones, whose order is another.
        if (_isUnsigned || (least, greatest) is not (long low, long high)) return true;
        if (_isTime) (low, high) = (leaf.ToMilliseconds(low), leaf.ToMilliseconds(high));
        return values.Any(v => Comparing.MayHold(Condition.Comparison, low.CompareTo(v), high.CompareTo(v)));
    }

    public override void Keep(IArrowArray array, Span<bool> keep)
    {
        var validity = new Validity(array);
        long[] read = new long[keep.Length];
        Widen(array, read);
        for (int row = 0; row < keep.Length; row++) keep[row] = keep[row] && validity[row] && Holds(read[row]);
    }

    private bool Holds(long value)
    {
        foreach (long other in values)
        {
            if (Comparing.Holds(Condition.Comparison, value.CompareTo(other))) return true;
        }

        return false;
    }

    private void Widen(IArrowArray array, long[] to)
    {
        if (_isTime)
        {
            ArrowValues.Copy<long>(array, to);
            return;
        }

        switch (array)
        {
            case BooleanArray flags: for (int i = 0; i < to.Length; i++) to[i] = flags.GetValue(i) == true ? 1 : 0; break;
            case Int8Array v: for (int i = 0; i < to.Length; i++) to[i] = v.Values[i]; break;
            case UInt8Array v: for (int i = 0; i < to.Length; i++) to[i] = v.Values[i]; break;
            case Int16Array v: for (int i = 0; i < to.Length; i++) to[i] = v.Values[i]; break;
            case UInt16Array v: for (int i = 0; i < to.Length; i++) to[i] = v.Values[i]; break;
            case Int32Array v: for (int i = 0; i < to.Length; i++) to[i] = v.Values[i]; break;
            case UInt32Array v: for (int i = 0; i < to.Length; i++) to[i] = v.Values[i]; break;
            case Int64Array v: v.Values.CopyTo(to); break;
            default: throw new InvalidDataException($"holds {array.Data.DataType.Name} where whole numbers were expected");
        }
    }
}
