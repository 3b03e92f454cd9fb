namespace LineRec;

/// <summary>
/// Where a retriever puts its candidates. It keeps the best <see cref="Limit"/>; a candidate added twice counts with its better score.
/// </summary>
/// <remarks>Not thread-safe. It is pooled: a retriever must not keep it after its call has ended.</remarks>
public sealed class CandidateSink
{
    private int[] _rows;
    private float[] _scores;
    private ulong[] _keys;
    private int _count;

    /// <summary>Creates an empty sink.</summary>
    /// <param name="limit">How many candidates at the most, 1 or more.</param>
    public CandidateSink(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        Limit = limit;
        int capacity = Math.Min(limit, 1024);
        (_rows, _scores, _keys) = (new int[capacity], new float[capacity], new ulong[capacity]);
    }

    /// <summary>How many candidates are wanted at the most.</summary>
    public int Limit { get; }

    /// <summary>How many were added so far, doubles included.</summary>
    public int Count => _count;

    /// <summary>The rows added; after <see cref="Complete"/> the best, in order, each once.</summary>
    public ReadOnlySpan<int> Rows => _rows.AsSpan(0, _count);

    /// <summary>The scores of <see cref="Rows"/>.</summary>
    public ReadOnlySpan<float> Scores => _scores.AsSpan(0, _count);

    /// <summary>Adds a candidate.</summary>
    /// <param name="row">Its catalog row.</param>
    /// <param name="score">Its score; higher is better.</param>
    public void Add(int row, float score)
    {
        if (_count == _rows.Length) Grow(_count * 2);
        _rows[_count] = row;
        _scores[_count++] = score;
    }

    /// <summary>Adds candidates.</summary>
    /// <param name="rows">Their catalog rows.</param>
    /// <param name="scores">Their scores, as many.</param>
    public void Add(ReadOnlySpan<int> rows, ReadOnlySpan<float> scores)
    {
        if (rows.Length != scores.Length) throw new ArgumentException($"{rows.Length} rows came with {scores.Length} scores.", nameof(scores));
        if (_count + rows.Length > _rows.Length) Grow(Math.Max(_count * 2, _count + rows.Length));
        rows.CopyTo(_rows.AsSpan(_count));
        scores.CopyTo(_scores.AsSpan(_count));
        _count += rows.Length;
    }

    /// <summary>Adds a candidate by item id; one that the catalog doesn't hold is left out.</summary>
    /// <param name="catalog">The request's catalog.</param>
    /// <param name="itemId">The item.</param>
    /// <param name="score">Its score.</param>
    /// <returns>Whether the catalog holds the item.</returns>
    public bool Add(Catalog catalog, string itemId, float score)
    {
        if (!catalog.TryGetRow(itemId, out int row)) return false;
        Add(row, score);
        return true;
    }

    /// <summary>Sorts (score descending, NaN last, ties by row), drops doubles and rows outside the catalog, keeps the best <see cref="Limit"/>. The pipeline calls it.</summary>
    /// <param name="catalogCount">How many rows the catalog has.</param>
    public void Complete(int catalogCount)
    {
        if (_keys.Length < _rows.Length) _keys = new ulong[_rows.Length];

        // By row first, better score first within a row, so that doubles are neighbours.
        for (int i = 0; i < _count; i++)
        {
            ulong key = CandidateOrder.Key(_scores[i], _rows[i]);
            _keys[i] = (key << 32) | (key >> 32);
        }

        var keys = _keys.AsSpan(0, _count);
        keys.Sort(_scores.AsSpan(0, _count));
        int distinct = 0;
        int last = -1;
        for (int i = 0; i < _count; i++)
        {
            int row = (int)(keys[i] >> 32);
            if (row == last || (uint)row >= (uint)catalogCount) continue;
            last = row;
            _keys[distinct] = (keys[i] << 32) | (uint)row;
            _scores[distinct++] = _scores[i];
        }

        _keys.AsSpan(0, distinct).Sort(_scores.AsSpan(0, distinct));
        _count = Math.Min(distinct, Limit);
        for (int i = 0; i < _count; i++) _rows[i] = (int)(uint)_keys[i];
    }

    /// <summary>Drops all candidates and keeps the buffers.</summary>
    public void Clear() => _count = 0;

    private void Grow(int capacity)
    {
        Array.Resize(ref _rows, capacity);
        Array.Resize(ref _scores, capacity);
    }
}
