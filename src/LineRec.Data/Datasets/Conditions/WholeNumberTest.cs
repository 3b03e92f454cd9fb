using System.Numerics;
using System.Runtime.InteropServices;

namespace LineRec.Data;

/// <summary>A condition on whole numbers, truth values or times, all as long.</summary>
internal sealed class WholeNumberTest(DatasetCondition condition, DatasetField field, long[] values) : ColumnTest(condition, field)
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

    public override void Keep(ColumnBuilder column, Span<bool> keep)
    {
        switch (column)
        {
            case ValueColumnBuilder<bool> v: Keep(MemoryMarshal.Cast<bool, byte>(v.StoredValues), keep); break;
            case ValueColumnBuilder<sbyte> v: Keep(v.StoredValues, keep); break;
            case ValueColumnBuilder<byte> v: Keep(v.StoredValues, keep); break;
            case ValueColumnBuilder<short> v: Keep(v.StoredValues, keep); break;
            case ValueColumnBuilder<ushort> v: Keep(v.StoredValues, keep); break;
            case ValueColumnBuilder<int> v: Keep(v.StoredValues, keep); break;
            case ValueColumnBuilder<uint> v: Keep(v.StoredValues, keep); break;
            default: Keep(((ValueColumnBuilder<long>)column).StoredValues, keep); break;
        }

        var isNull = column.StoredNulls;
        for (int row = 0; row < isNull.Length; row++) keep[row] &= !isNull[row];
    }

    private void Keep<T>(ReadOnlySpan<T> read, Span<bool> keep)
        where T : INumber<T>
    {
        for (int row = 0; row < keep.Length; row++) keep[row] = keep[row] && Holds(long.CreateTruncating(read[row]));
    }

    private bool Holds(long value)
    {
        foreach (long other in values)
        {
            if (Comparing.Holds(Condition.Comparison, value.CompareTo(other))) return true;
        }

        return false;
    }
}
