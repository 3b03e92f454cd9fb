using System.IO.Hashing;

namespace LineRec.Data;

/// <summary>Distinct texts in UTF-8, numbered in the order in which they come, one after the other in one array.</summary>
internal sealed class TextStore
{
    private const int Free = 0;

    private byte[] _bytes = [];
    private int[] _ends = [];
    private int[] _slots = new int[16]; // a hash table of code + 1, probed in line, at most half full
    private int _used;

    public int Count { get; private set; }

    public long Bytes => _bytes.Length + ((long)(_ends.Length + _slots.Length) * sizeof(int));

    public ReadOnlySpan<byte> this[int code]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)code, (uint)Count, nameof(code));
            int start = code == 0 ? 0 : _ends[code - 1];
            return _bytes.AsSpan(start, _ends[code] - start);
        }
    }

    public void Clear()
    {
        (Count, _used) = (0, 0);
        _slots.AsSpan().Clear();
    }

    /// <summary>The number of a text, which it has already or gets now.</summary>
    public int Add(ReadOnlySpan<byte> text)
    {
        ref int slot = ref Slot(text);
        if (slot != Free) return slot - 1;
        if (2 * (Count + 1) > _slots.Length)
        {
            Rehash();
            slot = ref Slot(text);
        }

        if ((long)_used + text.Length > Array.MaxLength) throw new WindowTooLargeException("Texts");
        Room.Grow(ref _bytes, _used, _used + text.Length);
        Room.Grow(ref _ends, Count, Count + 1);
        text.CopyTo(_bytes.AsSpan(_used));
        _ends[Count] = _used += text.Length;
        slot = ++Count;
        return Count - 1;
    }

    /// <summary>Where a text's number is, or where it would be.</summary>
    private ref int Slot(ReadOnlySpan<byte> text)
    {
        int mask = _slots.Length - 1;
        for (int at = (int)XxHash3.HashToUInt64(text) & mask; ; at = (at + 1) & mask)
        {
            ref int slot = ref _slots[at];
            if (slot == Free || this[slot - 1].SequenceEqual(text)) return ref slot;
        }
    }

    private void Rehash()
    {
        _slots = new int[2 * _slots.Length];
        for (int code = 0; code < Count; code++) Slot(this[code]) = code + 1;
    }
}
