namespace LineRec;

/// <summary>
/// A value that is replaced while it is in use: who leased the old one keeps it, and it is disposed when the last lease has ended.
/// </summary>
/// <typeparam name="T">The value's type.</typeparam>
/// <remarks>
/// Thread-safe. Taking and ending a lease are a few interlocked instructions without lock or allocation. A value is disposed exactly
/// once, on the thread that ends its last lease or replaces it.
/// </remarks>
public sealed class Leased<T> : IDisposable
    where T : class, IDisposable
{
    private readonly Action<Exception>? _disposalFailed;
    private Holder? _current;

    /// <summary>Starts with a value, or without one.</summary>
    /// <param name="value">The value; it is owned from now on. Null: leases can't be taken until <see cref="Swap"/>.</param>
    /// <param name="disposalFailed">Told when a value's Dispose throws: that isn't the fault of the request that happened to end last. Default: such exceptions are dropped.</param>
    public Leased(T? value = null, Action<Exception>? disposalFailed = null)
    {
        _disposalFailed = disposalFailed;
        if (value is not null) _current = new Holder(value);
    }

    /// <summary>Whether there is a value to lease.</summary>
    public bool HasValue => Volatile.Read(ref _current) is not null;

    /// <summary>Takes a lease on the current value. End it by disposing it, exactly once.</summary>
    /// <exception cref="InvalidOperationException">There is no value, yet or any more.</exception>
    public Lease Acquire() =>
        TryAcquire(out var lease) ? lease : throw new InvalidOperationException($"There is no {typeof(T).Name} to use: none was loaded yet, or the owner is disposed.");

    /// <summary>Takes a lease on the current value, where there is one. End it by disposing it, exactly once.</summary>
    /// <param name="lease">The lease; without a value where there is none.</param>
    /// <returns>Whether there was a value.</returns>
    public bool TryAcquire(out Lease lease)
    {
        while (Volatile.Read(ref _current) is { } holder)
        {
            if (!holder.TryAdd()) continue; // it was replaced and drained between the two reads: there is a newer one
            lease = new Lease(this, holder);
            return true;
        }

        lease = default;
        return false;
    }

    /// <summary>Makes a value the current one. The one before is disposed when its last lease has ended, at once where there is none.</summary>
    /// <param name="value">The new value; it is owned from now on.</param>
    public void Swap(T value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Replace(new Holder(value));
    }

    /// <summary>Lets go of the current value: no lease can be taken until the next <see cref="Swap"/>.</summary>
    public void Dispose() => Replace(null);

    private void Replace(Holder? next)
    {
        if (Interlocked.Exchange(ref _current, next) is { } old) Release(old);
    }

    private void Release(Holder holder)
    {
        if (!holder.Drop()) return;
        try
        {
            holder.Value.Dispose();
        }
#pragma warning disable CA1031 // whatever the value throws, the request that ends here has done nothing wrong
        catch (Exception e)
#pragma warning restore CA1031
        {
            _disposalFailed?.Invoke(e);
        }
    }

    /// <summary>A value in use. Dispose it exactly once, from any thread; copies are the same lease.</summary>
    public readonly struct Lease : IDisposable
    {
        private readonly Leased<T>? _owner;
        private readonly Holder? _holder;

        internal Lease(Leased<T> owner, Holder holder) => (_owner, _holder) = (owner, holder);

        /// <summary>The value; not to be used after <see cref="Dispose"/>.</summary>
        public T Value => _holder is { } holder ? holder.Value : throw new InvalidOperationException("The lease holds no value: TryAcquire returned false.");

        /// <summary>One more lease on the same value, while this one holds; each is ended on its own.</summary>
        public Lease Share()
        {
            if (_holder is not { } holder || !holder.TryAdd()) throw new InvalidOperationException("The lease has ended, or never held a value.");
            return this;
        }

        /// <summary>Ends the lease.</summary>
        public void Dispose()
        {
            if (_holder is { } holder) _owner!.Release(holder);
        }
    }

    /// <summary>A value with the number of its leases, and one more while it is current. 0 is for good.</summary>
    internal sealed class Holder(T value)
    {
        private int _users = 1;

        public T Value => value;

        public bool TryAdd()
        {
            int users = Volatile.Read(ref _users);
            while (users > 0)
            {
                int seen = Interlocked.CompareExchange(ref _users, users + 1, users);
                if (seen == users) return true;
                users = seen;
            }

            return false;
        }

        public bool Drop() => Interlocked.Decrement(ref _users) == 0;
    }
}
