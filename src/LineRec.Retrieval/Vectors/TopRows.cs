using System.Buffers;
using System.Runtime.CompilerServices;

namespace LineRec.Retrieval;

/// <summary>
/// The best k rows of a stream of scores: a buffer that takes what beats the threshold and, when it is full, is cut down to the best k,
/// whose last one is the next threshold. No heap, no work for what doesn't beat the threshold. Where rows come in ascending order the
/// threshold on scores may be strict: an equal score that comes later loses anyway. <see cref="Offer"/> takes rows in any order.
/// </summary>
internal struct TopRows
{
    private const int LeastSlack = 64;

    private readonly ulong[] _keys;
    private readonly int _k;
    private readonly int _capacity;
    private int _count;
    private ulong _thresholdKey;

    public TopRows(int k)
    {
        _k = k;
        _capacity = Capacity(k);
        _keys = ArrayPool<ulong>.Shared.Rent(_capacity);
        (_count, Threshold, _thresholdKey) = (0, float.NaN, ulong.MaxValue);
    }

    /// <summary>How many bytes the buffer for k rows takes.</summary>
    public static long Bytes(int k) => sizeof(ulong) * (long)Capacity(k);

    /// <summary>A score must be greater to count; NaN while every score counts.</summary>
    public float Threshold { get; private set; }

    /// <summary>Takes a score.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(float score, int row)
    {
        if (_count == _capacity) Shrink();
        _keys[_count++] = CandidateOrder.Key(score, row);
    }

    /// <summary>Takes a score if it is greater than the threshold, or either is NaN, without a branch on it; returns whether the threshold changed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool AddBetter(float score, int row)
    {
        bool full = _count == _capacity;
        if (full) Shrink();
        _keys[_count] = CandidateOrder.Key(score, row);
        _count += score <= Threshold ? 0 : 1;
        return full;
    }

    /// <summary>Takes a score, rows in any order; NaN comes after all others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OfferAny(float score, int row)
    {
        ulong key = CandidateOrder.Key(score, row);
        if (key > _thresholdKey) return;
        if (_count == _capacity) Shrink();
        _keys[_count++] = key;
    }

    /// <summary>Takes a score that isn't NaN, rows in any order.</summary>
    public void Offer(float score, int row)
    {
        if (!float.IsNaN(score)) OfferAny(score, row);
    }

    /// <summary>Takes another's k-th best so far as the bar to begin with: rows that don't reach it won't count, but none of the other's rows are taken over.</summary>
    public void StartAt(ref TopRows other)
    {
        if (other._count < other._k) return;
        other.Shrink();
        (_thresholdKey, Threshold) = (other._thresholdKey, other.Threshold);
    }

    /// <summary>Adds the best to a sink, in order.</summary>
    public void Complete(CandidateSink sink)
    {
        if (_count > _k) Shrink();
        var keys = _keys.AsSpan(0, _count);
        keys.Sort();
        foreach (ulong key in keys) sink.Add(CandidateOrder.RowOf(key), CandidateOrder.ScoreOf(key));
    }

    /// <summary>Writes the best rows in order and returns how many.</summary>
    public int Complete(scoped Span<int> rows, scoped Span<float> scores)
    {
        if (_count > _k) Shrink();
        var keys = _keys.AsSpan(0, _count);
        keys.Sort();
        for (int i = 0; i < keys.Length; i++) (rows[i], scores[i]) = (CandidateOrder.RowOf(keys[i]), CandidateOrder.ScoreOf(keys[i]));
        return keys.Length;
    }

    public readonly void Dispose() => ArrayPool<ulong>.Shared.Return(_keys);

    private static int Capacity(int k) => Math.Max(k + LeastSlack, k <= int.MaxValue / 2 ? 2 * k : int.MaxValue);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Shrink()
    {
        Selection.Smallest(_keys.AsSpan(0, _count), _k);
        _count = _k;
        _thresholdKey = _keys[_k - 1];
        Threshold = CandidateOrder.ScoreOf(_keys[_k - 1]); // NaN where even the k-th is NaN: then every score still counts
    }
}
