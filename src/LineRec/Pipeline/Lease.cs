namespace LineRec;

/// <summary>A value with a count of those who use it; disposed when its source has let go of it and the last user has ended. Lock-free.</summary>
internal sealed class Lease<T>(T value)
    where T : class, IDisposable
{
    private int _users = 1;

    public T Value => value;

    /// <returns>False where the value is disposed, or about to be.</returns>
    public bool TryAcquire()
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

    public void Release()
    {
        if (Interlocked.Decrement(ref _users) == 0) value.Dispose();
    }
}
