using System.Buffers;

namespace LineRec.Retrieval.Faiss.Rows;

/// <summary>The best k of any number of keys. O(1) amortised a key, plus a sort of 2k every k that pass.</summary>
internal ref struct BestKeys
{
    private readonly ulong[] _keys;
    private readonly int _k;
    private int _count;
    private ulong _bar = ulong.MaxValue;

    /// <summary>Rents room for 2k.</summary>
    /// <param name="k">1 or more.</param>
    public BestKeys(int k) => (_k, _keys) = (k, ArrayPool<ulong>.Shared.Rent(Math.Max(16, 2 * k)));

    /// <summary>Takes a key in.</summary>
    public void Add(ulong key)
    {
        if (key > _bar) return;
        if (_count == _keys.Length) Shrink();
        _keys[_count++] = key;
    }

    /// <summary>The best, in order.</summary>
    public ReadOnlySpan<ulong> Finish()
    {
        Shrink();
        return _keys.AsSpan(0, _count);
    }

    /// <summary>Gives the room back.</summary>
    public readonly void Dispose() => ArrayPool<ulong>.Shared.Return(_keys);

    private void Shrink()
    {
        _keys.AsSpan(0, _count).Sort();
        if (_count < _k) return;
        _count = _k;
        _bar = _keys[_k - 1];
    }
}
