using LineRec.Retrieval;

namespace LineRec.Bench.Vectors;

/// <summary>An index and its vectors, which are released when its maker and the last search on it have released it.</summary>
internal sealed class SoakSnapshot
{
    private readonly NpyMatrix<float> _vectors;
    private int _users = 1;

    public SoakSnapshot(IvfIndex index, NpyMatrix<float> vectors)
    {
        (Index, _vectors) = (index, vectors);
        index.CompactAfter = 0; // the writer says when
    }

    public IvfIndex Index { get; }

    /// <summary>Takes it for a search, unless all have released it.</summary>
    public bool TryTake()
    {
        for (int users = Volatile.Read(ref _users); users > 0;)
        {
            int before = Interlocked.CompareExchange(ref _users, users + 1, users);
            if (before == users) return true;
            users = before;
        }

        return false;
    }

    public void Release()
    {
        if (Interlocked.Decrement(ref _users) > 0) return;
        Index.Dispose();
        _vectors.Dispose();
    }
}
