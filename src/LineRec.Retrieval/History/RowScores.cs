using System.Numerics;

namespace LineRec.Retrieval;

/// <summary>
/// Adds up scores by row: entries in order of first use and an open-addressing table of their numbers. Its memory is in the number of
/// rows touched, not in the catalog's size, and stays with the pooled context.
/// </summary>
/// <remarks>Not thread-safe. Sums are added in the order of the calls, so they are the same each time.</remarks>
internal sealed class RowScores : IRequestScratch
{
    private const uint Golden = 0x9E37_79B1; // Knuth's multiplicative hashing
    private int[] _slots = new int[1024]; // entry number + 1, 0 for free
    private int[] _rows = new int[512];
    private float[] _scores = new float[512];
    private int _shift = 22;

    /// <summary>Whether the request's scores are all added; set by the owner.</summary>
    public bool IsComplete { get; set; }

    public int Count { get; private set; }

    public ReadOnlySpan<int> Rows => _rows.AsSpan(0, Count);

    public Span<float> Scores => _scores.AsSpan(0, Count);

    public void Add(int row, float score)
    {
        int mask = _slots.Length - 1;
        int slot = (int)(((uint)row * Golden) >> _shift);
        while (true)
        {
            int entry = _slots[slot] - 1;
            if (entry < 0) break;
            if (_rows[entry] == row)
            {
                _scores[entry] += score;
                return;
            }

            slot = (slot + 1) & mask;
        }

        (_rows[Count], _scores[Count]) = (row, score);
        _slots[slot] = ++Count;
        if (Count == _rows.Length) Grow();
    }

    /// <summary>A row's score; 0 where nothing was added.</summary>
    public float this[int row]
    {
        get
        {
            int entry = Find(row);
            return entry < 0 ? 0f : _scores[entry];
        }
    }

    /// <summary>Adds the best of a sink's limit to it, except given rows.</summary>
    public void CopyBestTo(CandidateSink sink, ReadOnlySpan<int> except, ReadOnlySpan<int> exceptToo)
    {
        if (Count == 0) return;
        var best = new TopRows(Math.Min(sink.Limit, Count));
        for (int i = 0; i < Count; i++)
        {
            if (!except.Contains(_rows[i]) && !exceptToo.Contains(_rows[i])) best.Offer(_scores[i], _rows[i]);
        }

        best.Complete(sink);
        best.Dispose();
    }

    public bool Contains(int row) => Find(row) >= 0;

    public void Reset()
    {
        if (Count > 0) Array.Clear(_slots);
        (Count, IsComplete) = (0, false);
    }

    private int Find(int row)
    {
        int mask = _slots.Length - 1;
        for (int slot = (int)(((uint)row * Golden) >> _shift); ; slot = (slot + 1) & mask)
        {
            int entry = _slots[slot] - 1;
            if (entry < 0 || _rows[entry] == row) return entry;
        }
    }

    private void Grow()
    {
        Array.Resize(ref _rows, Count * 2);
        Array.Resize(ref _scores, Count * 2);
        _slots = new int[_slots.Length * 2];
        _shift = 32 - BitOperations.Log2((uint)_slots.Length);
        for (int entry = 0; entry < Count; entry++)
        {
            int slot = (int)(((uint)_rows[entry] * Golden) >> _shift);
            while (_slots[slot] != 0) slot = (slot + 1) & (_slots.Length - 1);
            _slots[slot] = entry + 1;
        }
    }
}
