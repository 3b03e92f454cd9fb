namespace LineRec;

/// <summary>Hands out the current value and swaps it by one reference. Thread-safe, without locks or allocation for users.</summary>
internal sealed class LeaseSource<T>(T value) : IDisposable
    where T : class, IDisposable
{
    private Lease<T>? _current = new(value);

    /// <summary>The current value, kept alive until <see cref="Lease{T}.Release"/>.</summary>
    /// <exception cref="ObjectDisposedException">The source is disposed.</exception>
    public Lease<T> Acquire()
    {
        while (true)
        {
            var current = Volatile.Read(ref _current);
            ObjectDisposedException.ThrowIf(current is null, this);
            if (current.TryAcquire()) return current;
        }
    }

    /// <summary>Puts a newer value in place; the older one is disposed when its last user has ended.</summary>
    public void Swap(T value)
    {
        var next = new Lease<T>(value);
        while (true)
        {
            var current = Volatile.Read(ref _current);
            if (current is null)
            {
                value.Dispose();
                throw new ObjectDisposedException(GetType().Name);
            }

            if (Interlocked.CompareExchange(ref _current, next, current) != current) continue;
            current.Release();
            return;
        }
    }

    public void Dispose() => Interlocked.Exchange(ref _current, null)?.Release();
}
