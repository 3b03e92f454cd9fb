namespace LineRec.Features;

/// <summary>A list whose values can be read as one span. Not thread-safe.</summary>
internal sealed class GrowingColumn<T>
    where T : unmanaged
{
    private T[] _values = [];

    internal int Count { get; private set; }

    internal ReadOnlySpan<T> Values => _values.AsSpan(0, Count);

    internal void Add(T value)
    {
        Reserve(1);
        _values[Count++] = value;
    }

    internal void Add(ReadOnlySpan<T> values)
    {
        Reserve(values.Length);
        values.CopyTo(_values.AsSpan(Count));
        Count += values.Length;
    }

    private void Reserve(int more)
    {
        int needed = checked(Count + more);
        if (needed > _values.Length) Array.Resize(ref _values, (int)Math.Min(Array.MaxLength, Math.Max(Math.Max(256, needed), _values.Length * 3L / 2)));
    }
}
