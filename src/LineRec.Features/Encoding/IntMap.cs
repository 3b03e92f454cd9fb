using System.Numerics;

namespace LineRec.Features;

/// <summary>
/// Numbers distinct keys 0, 1, 2, … in order of first use: open addressing with linear probing, at most half full. Reused from request
/// to request; clearing costs O(largest use so far).
/// </summary>
internal sealed class IntMap
{
    private int[] _slots = new int[128]; // number + 1; 0 is free
    private int[] _keys = new int[64];
    private int _shift = 32 - 7;

    internal int Count { get; private set; }

    /// <summary>Empties the map and makes room, so that adding up to <paramref name="capacity"/> keys needs no growth.</summary>
    internal void Reset(int capacity)
    {
        int needed = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(128, capacity * 2));
        if (needed > _slots.Length)
        {
            (_slots, _keys) = (new int[needed], new int[needed / 2]);
            _shift = 32 - BitOperations.Log2((uint)needed);
        }
        else
        {
            Array.Clear(_slots, 0, _slots.Length);
        }

        Count = 0;
    }

    /// <summary>The number of a key, or -1.</summary>
    internal int Find(int key) => _slots[Probe(key)] - 1;

    /// <summary>The number of a key, given to it now where it has none.</summary>
    internal int FindOrAdd(int key)
    {
        int slot = Probe(key);
        if (_slots[slot] != 0) return _slots[slot] - 1;
        _keys[Count] = key;
        _slots[slot] = ++Count;
        return Count - 1;
    }

    private int Probe(int key)
    {
        int slot = (int)(((uint)key * 0x9E37_79B9u) >> _shift); // Fibonacci hashing spreads neighbouring rows
        while (_slots[slot] != 0 && _keys[_slots[slot] - 1] != key) slot = (slot + 1) & (_slots.Length - 1);
        return slot;
    }
}
