using System.Numerics;
using System.Runtime.Intrinsics;

namespace LineRec;

/// <summary>
/// One user's item-to-item sums for all variants of recency at once, a lane each: sums[j] = Σ over history items i of weight(i) × C[i, j] / √C[i, i].
/// Not thread-safe; reused from user to user.
/// </summary>
internal sealed class ItemToItemScratch(int itemCount)
{
    private const int LaneCount = 8;

    private readonly Vector256<float>[] _sums = new Vector256<float>[itemCount];
    private readonly Vector256<float>[] _own = new Vector256<float>[itemCount];
    private readonly bool[] _isTouched = new bool[itemCount];
    private readonly bool[] _isOwn = new bool[itemCount];
    private readonly int[] _touched = new int[itemCount];
    private readonly List<int> _history = [];
    private readonly List<double> _ages = [];
    private readonly List<float> _weights = [];
    private readonly Dictionary<int, int> _places = [];
    private readonly int[] _counts = new int[LaneCount];
    private readonly float[] _least = new float[LaneCount];
    private ulong[] _best = [];
    private int _k;
    private int _touchedCount;

    /// <summary>Adds up a user's history. O(history × co-occurring items).</summary>
    public void Accumulate(CoOccurrence counts, EventWeights weights, EvaluationCase question)
    {
        Clear();
        GatherHistory(weights, question);
        Span<float> lanes = stackalloc float[LaneCount];
        for (int rank = 0; rank < _history.Count; rank++)
        {
            int row = _history[rank];
            for (int lane = 0; lane < lanes.Length; lane++) lanes[lane] = _weights[rank] * HistoryRecency.Grid[lane].Weigh(_ages[rank], rank);
            var weight = Vector256.Create<float>(lanes);
            AddRow(counts.ColumnsOf(row), counts.ValuesOf(row), weight);
            if (counts.Diagonal[row] > 0)
            {
                Touch(row);
                _isOwn[row] = true;
                _own[row] = weight * MathF.Sqrt((float)counts.Diagonal[row]); // the item with itself: C[i, i] / √C[i, i]
            }
        }
    }

    /// <summary>Finds the best rows of every recency at once; read them with <see cref="CopyBest"/>. O(co-occurring items).</summary>
    /// <param name="withSelf">Whether a history item's co-occurrence with itself counts.</param>
    /// <param name="scale">What each candidate's sum is multiplied with (its popularity^-beta).</param>
    /// <param name="question">The case whose excluded rows are left out.</param>
    /// <param name="k">How many rows are wanted.</param>
    public void FindBest(bool withSelf, float[] scale, EvaluationCase question, int k)
    {
        if (_best.Length < k * LaneCount) _best = new ulong[k * LaneCount];
        _k = k;
        Array.Clear(_counts);
        _least.AsSpan().Fill(float.Epsilon); // a row counts with a score over 0
        var least = Vector256.Create<float>(_least);
        for (int t = 0; t < _touchedCount; t++)
        {
            int row = _touched[t];
            var scores = _sums[row];
            if (withSelf && _isOwn[row]) scores += _own[row];
            scores *= scale[row];
            uint better = Vector256.GreaterThanOrEqual(scores, least).ExtractMostSignificantBits();
            if (better == 0 || (question.ExcludedRows.Length > 0 && Array.BinarySearch(question.ExcludedRows, row) >= 0)) continue;
            for (; better != 0; better &= better - 1)
            {
                int lane = BitOperations.TrailingZeroCount(better);
                Insert(lane, scores.GetElement(lane), row);
            }

            least = Vector256.Create<float>(_least);
        }
    }

    /// <summary>Writes the best rows of one recency, best first.</summary>
    /// <param name="lane">The recency's number in the grid.</param>
    /// <param name="rows">Receives the rows; as long as the k of <see cref="FindBest"/>.</param>
    /// <returns>How many were written: only rows with a score over 0.</returns>
    public int CopyBest(int lane, Span<int> rows)
    {
        for (int i = 0; i < _counts[lane]; i++) rows[i] = (int)(uint)_best[(lane * _k) + i];
        return _counts[lane];
    }

    /// <summary>Keeps a lane's best keys in order, by insertion; most rows never come here.</summary>
    private void Insert(int lane, float score, int row)
    {
        var keys = _best.AsSpan(lane * _k, _k);
        ulong key = CandidateOrder.Key(score, row);
        int count = _counts[lane];
        if (count == _k && key > keys[count - 1]) return;
        int place = count < _k ? count++ : count - 1;
        for (; place > 0 && keys[place - 1] > key; place--) keys[place] = keys[place - 1];
        keys[place] = key;
        _counts[lane] = count;
        if (count == _k) _least[lane] = ScoreOf(keys[count - 1]);
    }

    /// <summary>The score of a key; only positive scores have one here.</summary>
    private static float ScoreOf(ulong key) => BitConverter.UInt32BitsToSingle(~(uint)(key >> 32) & 0x7FFF_FFFF);

    private void AddRow(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, Vector256<float> weight)
    {
        for (int i = 0; i < columns.Length; i++)
        {
            int column = columns[i];
            if (!_isTouched[column]) Touch(column);
            _sums[column] += weight * values[i];
        }
    }

    private void Touch(int row)
    {
        if (_isTouched[row]) return;
        _isTouched[row] = true;
        _touched[_touchedCount++] = row;
    }

    private void GatherHistory(EventWeights weights, EvaluationCase question)
    {
        var rows = question.HistoryRows.Span;
        var types = question.HistoryTypes.Span;
        var times = question.HistoryTimes.Span;
        long now = question.Time.ToUnixTimeMilliseconds();
        for (int i = rows.Length - 1; i >= 0; i--)
        {
            float weight = weights.Of(types[i]);
            if (weight == 0f || rows[i] < 0) continue;
            if (_places.TryGetValue(rows[i], out int place))
            {
                _weights[place] = Math.Max(_weights[place], weight);
                continue;
            }

            _places.Add(rows[i], _history.Count);
            _history.Add(rows[i]);
            _weights.Add(weight);
            _ages.Add(Math.Max(0, now - times[i]) / 86_400_000.0);
        }
    }

    private void Clear()
    {
        for (int t = 0; t < _touchedCount; t++)
        {
            int row = _touched[t];
            (_sums[row], _isTouched[row], _isOwn[row]) = (Vector256<float>.Zero, false, false);
        }

        _touchedCount = 0;
        _history.Clear();
        _weights.Clear();
        _ages.Clear();
        _places.Clear();
    }
}
