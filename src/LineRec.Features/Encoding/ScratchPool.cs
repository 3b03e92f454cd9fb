namespace LineRec.Features;

/// <summary>A small lock-free pool: taking and giving back allocates nothing as long as at most <c>size</c> are out at once.</summary>
internal sealed class ScratchPool<T>(Func<T> create, int size = 64)
    where T : class
{
    private readonly T?[] _kept = new T?[size];

    internal T Rent()
    {
        for (int i = 0; i < _kept.Length; i++)
        {
            if (Volatile.Read(ref _kept[i]) is not null && Interlocked.Exchange(ref _kept[i], null) is { } found) return found;
        }

        return create();
    }

    /// <summary>Gives back; false where the pool is full and the object stays with the caller.</summary>
    internal bool Return(T item)
    {
        for (int i = 0; i < _kept.Length; i++)
        {
            if (Volatile.Read(ref _kept[i]) is null && Interlocked.CompareExchange(ref _kept[i], item, null) is null) return true;
        }

        return false;
    }

    /// <summary>Takes everything out, for disposal.</summary>
    internal IEnumerable<T> Drain()
    {
        for (int i = 0; i < _kept.Length; i++)
        {
            if (Interlocked.Exchange(ref _kept[i], null) is { } found) yield return found;
        }
    }
}
