using System.Buffers.Binary;
using System.Numerics;
using Apache.Arrow;

namespace LineRec.Data;

/// <summary>The places of an Arrow array's nulls, ascending. Costs a step a null and one for each 64 values: no branch a value, which a processor couldn't foresee.</summary>
internal ref struct NullPlaces(IArrowArray array)
{
    private const int Bits = 64;

    private readonly ReadOnlySpan<byte> _valid = array.NullCount == 0 ? default : array.Data.Buffers[0].Span;
    private readonly int _length = array.Length;
    private int _byte = array.Data.Offset / 8;
    private int _first = -(array.Data.Offset % 8) - Bits;
    private ulong _nulls;

    public int Current { get; private set; }

    public readonly NullPlaces GetEnumerator() => this;

    public bool MoveNext()
    {
        while (_nulls == 0)
        {
            if (_valid.IsEmpty || _first + Bits >= _length) return false;
            _first += Bits;
            _nulls = ~Read(_valid[_byte..]);
            _byte += sizeof(ulong);
            if (_first < 0) _nulls &= ulong.MaxValue << -_first;
            if (_length - _first < Bits) _nulls &= (1UL << (_length - _first)) - 1;
        }

        Current = _first + BitOperations.TrailingZeroCount(_nulls);
        _nulls &= _nulls - 1;
        return true;
    }

    private static ulong Read(ReadOnlySpan<byte> bits)
    {
        if (bits.Length >= sizeof(ulong)) return BinaryPrimitives.ReadUInt64LittleEndian(bits);
        ulong read = 0;
        for (int i = 0; i < bits.Length; i++) read |= (ulong)bits[i] << (8 * i);
        return read;
    }
}
