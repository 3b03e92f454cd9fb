using System.Collections.Concurrent;

namespace LineRec.Retrieval;

/// <summary>
/// An immutable part with what has changed since. A change is one version: a search that began at version v sees of the immutable part what wasn't removed up to v, and of the
/// tail what was added up to v and not removed up to v. So readers need no lock, and nothing that they see changes under them.
/// </summary>
internal sealed unsafe class IvfState(IvfData data, NpyMatrix<float> vectors, VectorScorer scorer)
{
    private readonly ConcurrentQueue<IvfQuery> _free = []; // not a bag: the threads that have used one keep what is in it alive, and so this
    private int _version;
    private int[]? _removedAt;
    private RowSet? _held; // made when it is first asked for

    public IvfData Data => data;

    public NpyMatrix<float> Vectors => vectors;

    public VectorScorer Scorer => scorer;

    public IvfTail Tail { get; } = new(vectors.Columns);

    /// <summary>The version at which each row of the immutable part was removed; 0 for never. Null while none was.</summary>
    public int[]? RemovedAt => Volatile.Read(ref _removedAt);

    /// <summary>Whether the immutable part has every row of the matrix.</summary>
    public bool HoldsAll => data.Header->Count + data.Header->OddRows == vectors.Rows;

    /// <summary>Whether the immutable part has a row.</summary>
    public bool Holds(int row) => row < vectors.Rows && (HoldsAll || (Volatile.Read(ref _held) ?? MakeHeld()).Contains(row));

    /// <summary>The newest version that searches may see.</summary>
    public int Version => Volatile.Read(ref _version);

    /// <summary>Makes all changes of a version visible at once.</summary>
    public void Publish(int version) => Volatile.Write(ref _version, version);

    /// <summary>Removes a row of the immutable part as of a version. The writer's lock is held.</summary>
    public void RemoveBase(int row, int version)
    {
        int[]? removed = _removedAt;
        if (removed is null) Volatile.Write(ref _removedAt, removed = new int[vectors.Rows]);
        Volatile.Write(ref removed[row], version);
    }

    private RowSet MakeHeld()
    {
        var held = new RowSet(vectors.Rows);
        for (int i = 0; i < data.Header->Count; i++) held.Add(data.Ids[i]);
        for (int i = 0; i < data.Header->OddRows; i++) held.Add(data.OddRows[i]);
        Volatile.Write(ref _held, held);
        return held;
    }

    public IvfQuery Rent() => _free.TryDequeue(out var query) ? query : new IvfQuery(this);

    public void Return(IvfQuery query) => _free.Enqueue(query);
}
