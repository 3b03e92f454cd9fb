namespace LineRec;

/// <summary>
/// The candidates of one request as a struct of arrays: a row, the current score, one score column a source and
/// which sources proposed it. It is pooled: nothing here may be kept after the request.
/// </summary>
/// <remarks>
/// Not thread-safe; one stage at a time works on it. Its order is total: after <see cref="Sort"/> score descending, NaN last,
/// ties by ascending row.
/// </remarks>
public sealed class CandidateTable
{
    private readonly string[] _sources;
    private readonly float[][] _sourceScores;
    private int[] _rows = [];
    private float[] _scores = [];
    private ulong[] _origins = [];
    private bool[] _removed = [];
    private bool[] _named = [];
    private ulong[] _keys = [];
    private int[] _order = [];
    private int[] _intScratch = [];
    private float[] _floatScratch = [];
    private ulong[] _longScratch = [];

    /// <summary>Creates an empty table.</summary>
    /// <param name="sources">The retrievers' names, at most 64.</param>
    /// <exception cref="ArgumentException">More than 64 sources.</exception>
    public CandidateTable(IReadOnlyList<string> sources)
    {
        if (sources.Count > 64) throw new ArgumentException($"A placement can have at most 64 retrievers; {sources.Count} were given.", nameof(sources));
        _sources = [.. sources];
        _sourceScores = new float[_sources.Length][];
        Array.Fill(_sourceScores, []);
    }

    /// <summary>How many candidates there are.</summary>
    public int Count { get; private set; }

    /// <summary>How many of them are marked by <see cref="Remove"/> and not yet dropped.</summary>
    public int RemovedCount { get; private set; }

    /// <summary>The sources' names, by source number.</summary>
    public ReadOnlySpan<string> Sources => _sources;

    /// <summary>The candidates' catalog rows, each once.</summary>
    public ReadOnlySpan<int> Rows => _rows.AsSpan(0, Count);

    /// <summary>The candidates' current scores; a ranker writes them. Higher is better; NaN counts as worst.</summary>
    public Span<float> Scores => _scores.AsSpan(0, Count);

    /// <summary>Which sources proposed each candidate: bit s for source s.</summary>
    public ReadOnlySpan<ulong> Origins => _origins.AsSpan(0, Count);

    /// <summary>One source's score of each candidate; NaN where it neither proposed nor scored it.</summary>
    /// <param name="source">The source's number.</param>
    public Span<float> SourceScores(int source) => _sourceScores[source].AsSpan(0, Count);

    /// <summary>The number of a source, or -1.</summary>
    /// <param name="name">Its name.</param>
    public int FindSource(string name) => Array.IndexOf(_sources, name);

    /// <summary>Appends a candidate that isn't in the table yet, with NaN for every source's score.</summary>
    /// <param name="row">Its catalog row.</param>
    /// <param name="score">Its score.</param>
    /// <param name="origin">Bit s for source s.</param>
    /// <returns>The candidate's index.</returns>
    public int Add(int row, float score, ulong origin)
    {
        if (Count == _rows.Length) Grow(Math.Max(256, Count * 2));
        int index = Count++;
        (_rows[index], _scores[index], _origins[index], _removed[index]) = (row, score, origin, false);
        foreach (float[] column in _sourceScores) column[index] = float.NaN;
        return index;
    }

    /// <summary>Notes that one more source proposed a candidate.</summary>
    /// <param name="index">The candidate's index.</param>
    /// <param name="source">The source's number.</param>
    /// <param name="score">Its score.</param>
    public void AddOrigin(int index, int source, float score)
    {
        _origins[index] |= 1ul << source;
        _sourceScores[source][index] = score;
    }

    /// <summary>Marks a candidate for removal: what a filter does, and a ranker or re-ranker may; the pipeline drops it after the call. Marking twice is once.</summary>
    /// <param name="index">The candidate's index, 0 to Count - 1.</param>
    public void Remove(int index)
    {
        if ((uint)index >= (uint)Count) throw new ArgumentOutOfRangeException(nameof(index), index, $"The table has {Count} candidates.");
        if (_removed[index]) return;
        _removed[index] = true;
        RemovedCount++;
    }

    /// <summary>Whether a candidate is marked by <see cref="Remove"/>.</summary>
    /// <param name="index">The candidate's index.</param>
    public bool IsRemoved(int index) => _removed[index];

    /// <summary>Takes back every mark of <see cref="Remove"/>.</summary>
    public void RestoreRemoved()
    {
        Array.Clear(_removed, 0, Count);
        RemovedCount = 0;
    }

    /// <summary>Drops the marked candidates; the others keep their order. O(candidates × sources).</summary>
    public void DropRemoved()
    {
        if (RemovedCount == 0) return;
        int kept = 0;
        for (int i = 0; i < Count; i++)
        {
            if (!_removed[i]) _order[kept++] = i;
        }

        Permute(kept);
    }

    /// <summary>Sorts by score descending, NaN last, ties by ascending row; marks of <see cref="Remove"/> stay with their candidates. O(n log n), no allocation.</summary>
    /// <returns>How many scores were NaN.</returns>
    public int Sort()
    {
        int nan = 0;
        for (int i = 0; i < Count; i++)
        {
            if (float.IsNaN(_scores[i])) nan++;
            _keys[i] = CandidateOrder.Key(_scores[i], _rows[i]);
            _order[i] = i;
        }

        _keys.AsSpan(0, Count).Sort(_order.AsSpan(0, Count));
        Permute(Count);
        return nan;
    }

    /// <summary>Puts the candidates into a given order; those not named are dropped, marks of <see cref="Remove"/> stay with theirs. No allocation.</summary>
    /// <param name="order">Indexes of candidates, best first, each at most once.</param>
    /// <exception cref="ArgumentException">An index is out of range or doubled.</exception>
    public void Reorder(ReadOnlySpan<int> order)
    {
        if (order.Length > Count) throw new ArgumentException($"The order names {order.Length} candidates; the table has {Count}.", nameof(order));
        foreach (int index in order)
        {
            if ((uint)index >= (uint)Count || _named[index])
            {
                Array.Clear(_named, 0, Count);
                throw new ArgumentException($"The order names candidate {index} twice, or the table has no such candidate (it has {Count}).", nameof(order));
            }

            _named[index] = true;
        }

        Array.Clear(_named, 0, Count);
        order.CopyTo(_order);
        Permute(order.Length);
    }

    /// <summary>Keeps the first candidates.</summary>
    /// <param name="count">How many; more than there are keeps all.</param>
    public void Truncate(int count)
    {
        Count = Math.Min(Count, Math.Max(count, 0));
        if (RemovedCount > 0) RemovedCount = _removed.AsSpan(0, Count).Count(true);
    }

    /// <summary>Drops all candidates and keeps the buffers.</summary>
    public void Clear()
    {
        RestoreRemoved();
        Count = 0;
    }

    /// <summary>Takes over another table's candidates, columns and marks. The other table has the same sources. O(candidates × sources).</summary>
    /// <param name="other">The other table; it isn't changed.</param>
    /// <exception cref="ArgumentException">It has another number of sources.</exception>
    public void CopyFrom(CandidateTable other)
    {
        if (other._sources.Length != _sources.Length) throw new ArgumentException($"The other table has {other._sources.Length} sources, this one {_sources.Length}.", nameof(other));
        if (other.Count > _rows.Length) Grow(other._rows.Length);
        (Count, RemovedCount) = (other.Count, other.RemovedCount);
        other._rows.AsSpan(0, Count).CopyTo(_rows);
        other._scores.AsSpan(0, Count).CopyTo(_scores);
        other._origins.AsSpan(0, Count).CopyTo(_origins);
        other._removed.AsSpan(0, Count).CopyTo(_removed);
        for (int s = 0; s < _sourceScores.Length; s++) other._sourceScores[s].AsSpan(0, Count).CopyTo(_sourceScores[s]);
    }

    private void Permute(int count)
    {
        var order = _order.AsSpan(0, count);
        Gather(order, ref _rows, ref _intScratch);
        Gather(order, ref _scores, ref _floatScratch);
        Gather(order, ref _origins, ref _longScratch);
        for (int s = 0; s < _sourceScores.Length; s++) Gather(order, ref _sourceScores[s], ref _floatScratch);
        if (RemovedCount > 0)
        {
            for (int i = 0; i < count; i++) _named[i] = _removed[order[i]];
            (_removed, _named) = (_named, _removed);
            Array.Clear(_named);
            RemovedCount = _removed.AsSpan(0, count).Count(true);
        }

        Count = count;
    }

    private static void Gather<T>(ReadOnlySpan<int> order, ref T[] column, ref T[] scratch)
    {
        for (int i = 0; i < order.Length; i++) scratch[i] = column[order[i]];
        (column, scratch) = (scratch, column);
    }

    private void Grow(int capacity)
    {
        Array.Resize(ref _rows, capacity);
        Array.Resize(ref _scores, capacity);
        Array.Resize(ref _origins, capacity);
        Array.Resize(ref _removed, capacity);
        Array.Resize(ref _named, capacity);
        Array.Resize(ref _keys, capacity);
        Array.Resize(ref _order, capacity);
        Array.Resize(ref _intScratch, capacity);
        Array.Resize(ref _floatScratch, capacity);
        Array.Resize(ref _longScratch, capacity);
        for (int s = 0; s < _sourceScores.Length; s++) Array.Resize(ref _sourceScores[s], capacity);
    }
}
