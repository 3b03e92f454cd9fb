namespace LineRec.Data;

/// <summary>Texts in UTF-8, one after the other in one array.</summary>
internal sealed class TextStore
{
    private byte[] _bytes = [];
    private int[] _ends = [];
    private int _used;

    public int Count { get; private set; }

    public long Bytes => _bytes.Length + ((long)_ends.Length * sizeof(int));

    public ReadOnlySpan<byte> this[int code]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)code, (uint)Count, nameof(code));
            int start = code == 0 ? 0 : _ends[code - 1];
            return _bytes.AsSpan(start, _ends[code] - start);
        }
    }

    public void Clear() => (Count, _used) = (0, 0);

    public int Add(ReadOnlySpan<byte> text)
    {
        Reserve(1, text.Length);
        text.CopyTo(_bytes.AsSpan(_used));
        _ends[Count] = _used += text.Length;
        return Count++;
    }

    /// <summary>Adds texts that lie one after the other.</summary>
    /// <param name="bytes">Their bytes.</param>
    /// <param name="offsets">Where each begins, and where the last ends.</param>
    public void AddAll(ReadOnlySpan<byte> bytes, ReadOnlySpan<int> offsets)
    {
        if (offsets.Length < 2) return;
        int start = offsets[0], length = offsets[^1] - start;
        Reserve(offsets.Length - 1, length);
        bytes.Slice(start, length).CopyTo(_bytes.AsSpan(_used));
        int shift = _used - start;
        var ends = _ends.AsSpan(Count, offsets.Length - 1);
        var from = offsets[1..];
        for (int i = 0; i < ends.Length; i++) ends[i] = from[i] + shift;
        Count += ends.Length;
        _used += length;
    }

    private void Reserve(int texts, int length)
    {
        if ((long)_used + length > System.Array.MaxLength) throw new WindowTooLargeException("Texts");
        Room.Grow(ref _bytes, _used, _used + length);
        Room.Grow(ref _ends, Count, Count + texts);
    }
}
