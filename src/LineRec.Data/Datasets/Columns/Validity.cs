using Apache.Arrow;

namespace LineRec.Data;

/// <summary>Which values of an Arrow array are there.</summary>
internal readonly ref struct Validity(IArrowArray array)
{
    private readonly ReadOnlySpan<byte> _bits = array.Data.Buffers[0].Span;
    private readonly int _offset = array.Data.Offset;

    /// <summary>Whether a value is there.</summary>
    public bool this[int index] => _bits.IsEmpty || (_bits[(_offset + index) >> 3] & (1 << ((_offset + index) & 7))) != 0;
}
