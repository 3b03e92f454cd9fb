using System.Runtime.Intrinsics;

namespace LineRec;

/// <summary>
/// One user's item-to-item sums for all variants of recency at once, a lane each: sums[j] = Σ over history items i of weight(i) × C[i, j] / √C[i, i].
/// Not thread-safe; reused from user to user.
/// </summary>
internal sealed class ItemToItemScratch(int itemCount)
{
    private readonly Vector256<float>[] _sums = new Vector256<float>[itemCount];
    private readonly Vector256<float>[] _own = new Vector256<float>[itemCount];
    private readonly bool[] _isTouched = new bool[itemCount];
    private readonly bool[] _isOwn = new bool[itemCount];
    private readonly int[] _touched = new int[itemCount];
    private readonly List<int> _history = [];
    private readonly List<double> _ages = [];
    private readonly List<float> _weights = [];
    private readonly Dictionary<int, int> _places = [];
    private int _touchedCount;

    /// <summary>Adds up a user's history. O(history × co-occurring items).</summary>
    public void Accumulate(CoOccurrence counts, EventWeights weights, EvaluationCase question)
    {
        Clear();
        GatherHistory(weights, question);
        Span<float> lanes = stackalloc float[Vector256<float>.Count];
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

    /// <summary>Writes the best rows of one variant.</summary>
    /// <param name="lane">The recency's number in the grid.</param>
    /// <param name="withSelf">Whether a history item's co-occurrence with itself counts.</param>
    /// <param name="scale">What each candidate's sum is multiplied with (its popularity^-beta).</param>
    /// <param name="question">The case whose excluded rows are left out.</param>
    /// <param name="keys">Scratch, as long as <paramref name="rows"/>.</param>
    /// <param name="rows">Receives the rows.</param>
    /// <returns>How many were written: only rows with a score over 0.</returns>
    public int TakeBest(int lane, bool withSelf, float[] scale, EvaluationCase question, Span<ulong> keys, Span<int> rows)
    {
        int count = 0;
        float least = 0f;
        for (int t = 0; t < _touchedCount; t++)
        {
            int row = _touched[t];
            float score = _sums[row].GetElement(lane);
            if (withSelf && _isOwn[row]) score += _own[row].GetElement(lane);
            score *= scale[row];
            if (!(score > 0f) || (count == rows.Length && score < least)) continue;
            ulong key = CandidateOrder.Key(score, row);
            if (count == rows.Length && key > keys[count - 1]) continue;
            if (question.ExcludedRows.Length > 0 && Array.BinarySearch(question.ExcludedRows, row) >= 0) continue;
            int place = count < rows.Length ? count++ : count - 1;
            for (; place > 0 && keys[place - 1] > key; place--) keys[place] = keys[place - 1];
            keys[place] = key;
            if (count == rows.Length) least = Score(keys[count - 1], lane, withSelf, scale);
        }

        for (int i = 0; i < count; i++) rows[i] = (int)(uint)keys[i];
        return count;
    }

    private float Score(ulong key, int lane, bool withSelf, float[] scale)
    {
        int row = (int)(uint)key;
        float score = _sums[row].GetElement(lane);
        if (withSelf && _isOwn[row]) score += _own[row].GetElement(lane);
        return score * scale[row];
    }

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
