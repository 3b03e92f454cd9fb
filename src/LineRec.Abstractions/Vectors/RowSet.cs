using System.Numerics;

namespace LineRec;

/// <summary>A set of catalog rows as a bitmap: what a search may find.</summary>
/// <remarks>Not thread-safe while rows are added or removed; any number of searches may read it.</remarks>
public sealed class RowSet
{
    private readonly ulong[] _words;

    /// <summary>Creates an empty set.</summary>
    /// <param name="capacity">Rows 0 to capacity - 1 can be in it.</param>
    public RowSet(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        Capacity = capacity;
        _words = new ulong[((long)capacity + 63) / 64];
    }

    /// <summary>Creates a set of given rows.</summary>
    /// <param name="capacity">Rows 0 to capacity - 1 can be in it.</param>
    /// <param name="rows">The rows.</param>
    public RowSet(int capacity, IEnumerable<int> rows)
        : this(capacity)
    {
        foreach (int row in rows) Add(row);
    }

    /// <summary>Rows 0 to Capacity - 1 can be in it; no other ever is.</summary>
    public int Capacity { get; }

    /// <summary>How many rows are in it.</summary>
    public int Count { get; private set; }

    /// <summary>64 rows a word, the lowest bit first.</summary>
    public ReadOnlySpan<ulong> Words => _words;

    /// <summary>Whether a row is in it; false for a row outside of the capacity.</summary>
    /// <param name="row">The row.</param>
    public bool Contains(int row) => (uint)row < (uint)Capacity && (_words[row >> 6] >> row & 1) != 0;

    /// <summary>Adds a row.</summary>
    /// <param name="row">0 to Capacity - 1.</param>
    public void Add(int row)
    {
        Check(row);
        ulong bit = 1UL << row;
        if ((_words[row >> 6] & bit) == 0) Count++;
        _words[row >> 6] |= bit;
    }

    /// <summary>Takes a row out.</summary>
    /// <param name="row">0 to Capacity - 1.</param>
    public void Remove(int row)
    {
        Check(row);
        ulong bit = 1UL << row;
        if ((_words[row >> 6] & bit) != 0) Count--;
        _words[row >> 6] &= ~bit;
    }

    /// <summary>Calls back with each row, ascending. O(capacity / 64 + count).</summary>
    /// <param name="action">Receives a row.</param>
    public void ForEach(Action<int> action)
    {
        for (int w = 0; w < _words.Length; w++)
        {
            for (ulong word = _words[w]; word != 0; word &= word - 1) action((w << 6) + BitOperations.TrailingZeroCount(word));
        }
    }

    private void Check(int row)
    {
        if ((uint)row >= (uint)Capacity) throw new ArgumentOutOfRangeException(nameof(row), row, $"The set holds rows 0 to {Capacity - 1}.");
    }
}
