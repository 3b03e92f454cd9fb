namespace LineRec.Retrieval;

/// <summary>Changes while others search.</summary>
public sealed partial class IvfIndex
{
    private readonly Lock _writing = new();
    private readonly Dictionary<int, int> _entries = []; // of rows in the tail
    private HashSet<int>? _changedMeanwhile;             // rows changed while a compaction is under way
    private int _count;
    private Task _compaction = Task.CompletedTask;
    private Task? _nextCompaction;                       // waits for the one under way

    /// <summary>How many set vectors are searched one by one; <see cref="CompactAsync"/> makes it 0.</summary>
    public int Uncompacted => State.Tail.Count;

    /// <summary>Starts a compaction in the background when so many vectors have been set since the last one. Default: 4,096; 0 for never.</summary>
    public int CompactAfter { get; set; } = IvfDefaults.CompactAfter;

    /// <inheritdoc/>
    public void Set(int row, ReadOnlySpan<float> vector)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        bool compact;
        lock (_writing)
        {
            var state = State;
            if (vector.Length != state.Vectors.Columns) throw new ArgumentException($"The vector has {vector.Length} values; the index's have {state.Vectors.Columns}.", nameof(vector));
            if ((row + 1L) * vector.Length > Array.MaxLength)
                throw new ArgumentOutOfRangeException(nameof(row), row, $"The index keeps vectors in one array by row: with {vector.Length} values each, rows go up to {(Array.MaxLength / vector.Length) - 1}.");
            int version = state.Version + 1;
            if (!RemoveFrom(state, row, version)) _count++;
            _entries[row] = state.Tail.Add(row, vector, version);
            state.Publish(version);
            _changedMeanwhile?.Add(row);
            compact = CompactAfter > 0 && state.Tail.Count >= CompactAfter && _compaction.IsCompleted;
        }

        if (compact) _ = CompactAsync();
    }

    /// <inheritdoc/>
    public bool Remove(int row)
    {
        lock (_writing)
        {
            var state = State;
            int version = state.Version + 1;
            if (!RemoveFrom(state, row, version)) return false;
            _count--;
            state.Publish(version);
            _changedMeanwhile?.Add(row);
            return true;
        }
    }

    /// <summary>
    /// Codes all set vectors and drops all removed ones, in the background; searches and changes go on meanwhile, and see the compacted index when it is there. The vectors are copied into a matrix of the index's own.
    /// </summary>
    /// <returns>Ends when all changes made before the call are compacted; at once where there is nothing to do.</returns>
    public Task CompactAsync()
    {
        lock (_writing)
        {
            if (_compaction.IsCompleted) return StartCompaction();
            return _nextCompaction ??= CompactAgainAsync();
        }
    }

    /// <summary>Starts a compaction. The writer's lock is held, and none is under way.</summary>
    private Task StartCompaction()
    {
        var state = State;
        if (state.Tail.Count == 0 && state.RemovedAt is null) return Task.CompletedTask;
        _changedMeanwhile = [];
        int version = state.Version;
        return _compaction = Task.Run(() => Compact(state, version));
    }

    /// <summary>Compacts once more when what is under way has ended: it may have begun before the latest changes.</summary>
    private async Task CompactAgainAsync()
    {
        while (true)
        {
            Task before, own;
            lock (_writing) before = _compaction;
            await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.SuppressThrowing);
            lock (_writing)
            {
                if (!_compaction.IsCompleted) continue;
                _nextCompaction = null;
                own = StartCompaction();
            }

            await own.ConfigureAwait(false);
            return;
        }
    }

    /// <summary>Removes what the index holds of a row as of a version.</summary>
    private bool RemoveFrom(IvfState state, int row, int version)
    {
        if (_entries.Remove(row, out int entry))
        {
            state.Tail.Remove(entry, version);
            return true;
        }

        if (!IsInBase(state, row)) return false;
        state.RemoveBase(row, version);
        return true;
    }

    private static bool IsInBase(IvfState state, int row) => row >= 0 && row < state.Vectors.Rows && state.Holds(row) && (state.RemovedAt is not { } removed || removed[row] == 0);

    private void Compact(IvfState state, int version)
    {
        try
        {
            var (vectors, rows) = Merge(state, version);
            var builder = new IvfBuilder(vectors, new IvfOptions { Metric = state.Scorer.Metric }, rows, state.Data.IsEmpty ? null : state.Data.Space);
            var data = state.Data.IsEmpty ? builder.Build() : builder.Fill(state.Data.CopyCentroids());
            var next = new IvfState(data, vectors, new VectorScorer(vectors, state.Scorer.Metric));
            lock (_writing)
            {
                if (_state is null) return;
                TakeOver(state, next);
                Volatile.Write(ref _state, next);
            }
        }
        finally
        {
            lock (_writing) _changedMeanwhile = null;
            GC.KeepAlive(state);
        }
    }

    /// <summary>All vectors that a version sees, in a matrix by row, and their rows.</summary>
    private static (NpyMatrix<float> Vectors, int[] Rows) Merge(IvfState state, int version)
    {
        int dimension = state.Vectors.Columns, count = state.Tail.Count, last = state.Vectors.Rows - 1;
        for (int entry = 0; entry < count; entry++) last = Math.Max(last, state.Tail.RowOf(entry));
        float[] values = new float[checked((long)(last + 1) * dimension)];
        var held = new RowSet(last + 1);
        for (int row = 0; row < state.Vectors.Rows; row++)
        {
            int removed = state.RemovedAt is { } all ? Volatile.Read(ref all[row]) : 0;
            if (!state.Holds(row) || (removed != 0 && removed <= version)) continue;
            state.Vectors[row].CopyTo(values.AsSpan(checked(row * dimension)));
            held.Add(row);
        }

        for (int entry = 0; entry < count; entry++)
        {
            if (!state.Tail.IsSeen(entry, version)) continue;
            state.Tail[entry].CopyTo(values.AsSpan(checked(state.Tail.RowOf(entry) * dimension)));
            held.Add(state.Tail.RowOf(entry));
        }

        List<int> rows = new(held.Count);
        held.ForEach(rows.Add);
        return (new NpyMatrix<float>(values, dimension), [.. rows]);
    }

    /// <summary>Makes to the new state the changes that came while it was built. The writer's lock is held.</summary>
    private void TakeOver(IvfState state, IvfState next)
    {
        var before = new Dictionary<int, int>(_entries);
        _entries.Clear();
        foreach (int row in _changedMeanwhile!)
        {
            if (next.Holds(row)) next.RemoveBase(row, 1);
            if (before.TryGetValue(row, out int entry)) _entries[row] = next.Tail.Add(row, state.Tail[entry], 1);
        }

        next.Publish(1);
    }
}
