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
        if ((long)_used + text.Length > Array.MaxLength) throw new WindowTooLargeException("Texts");
        Room.Grow(ref _bytes, _used, _used + text.Length);
        Room.Grow(ref _ends, Count, Count + 1);
        text.CopyTo(_bytes.AsSpan(_used));
        _ends[Count] = _used += text.Length;
        return Count++;
    }
}
