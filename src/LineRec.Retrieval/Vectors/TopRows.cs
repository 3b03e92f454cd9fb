using System.Buffers;
using System.Runtime.CompilerServices;

namespace LineRec.Retrieval;

/// <summary>
/// The best k rows of a stream of scores: a buffer that takes what beats the threshold and, when it is full, is cut down to the best k,
/// whose last score is the next threshold. No heap, no work for a row that doesn't beat the threshold. Rows must come in ascending
/// order: then an equal score that comes later loses anyway, and the threshold may be strict.
/// </summary>
internal ref struct TopRows
{
    private const int Slack = 1024;

    private readonly ulong[] _keys;
    private readonly int _k;
    private readonly int _capacity;
    private int _count;

    public TopRows(int k)
    {
        _k = k;
        _capacity = Math.Max(k + Slack, k <= int.MaxValue / 2 ? 2 * k : int.MaxValue);
        _keys = ArrayPool<ulong>.Shared.Rent(_capacity);
        (_count, Threshold) = (0, float.NaN);
    }

    /// <summary>A score must be greater to count; NaN while every score counts.</summary>
    public float Threshold { get; private set; }

    /// <summary>Takes a score.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(float score, int row)
    {
        if (_count == _capacity) Shrink();
        _keys[_count++] = CandidateOrder.Key(score, row);
    }

    /// <summary>Writes the best rows in order and returns how many.</summary>
    public int Complete(Span<int> rows, Span<float> scores)
    {
        if (_count > _k) Shrink();
        var keys = _keys.AsSpan(0, _count);
        keys.Sort();
        for (int i = 0; i < keys.Length; i++) (rows[i], scores[i]) = (CandidateOrder.RowOf(keys[i]), CandidateOrder.ScoreOf(keys[i]));
        return keys.Length;
    }

    public readonly void Dispose() => ArrayPool<ulong>.Shared.Return(_keys);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Shrink()
    {
        Selection.Smallest(_keys.AsSpan(0, _count), _k);
        _count = _k;
        Threshold = CandidateOrder.ScoreOf(_keys[_k - 1]); // NaN where even the k-th is NaN: then every score still counts
    }
}
