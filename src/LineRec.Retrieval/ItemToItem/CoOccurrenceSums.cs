namespace LineRec.Retrieval;

/// <summary>Sums by item, dense, with a list of the items touched, so that emptying it costs what was touched. 12 bytes an item.</summary>
internal sealed class CoOccurrenceSums(int itemCount)
{
    private readonly double[] _sums = new double[itemCount];
    private readonly int[] _touched = new int[itemCount];
    private int _count;

    /// <summary>Adds a value, 0 or more.</summary>
    public void Add(int row, double value)
    {
        if (value == 0) return;
        if (_sums[row] == 0) _touched[_count++] = row;
        _sums[row] += value;
    }

    /// <summary>Takes a part of a sum away; what only rounding leaves of it is nothing.</summary>
    public void Subtract(int row, double value)
    {
        double left = _sums[row] - value;
        _sums[row] = left <= 1e-12 * value ? 0 : left;
    }

    /// <summary>Writes the best neighbours of an item, scaled, itself left out; then empties the sums.</summary>
    public int TakeBest(int item, double[] scale, Span<int> rows, Span<float> scores)
    {
        if (_count == 0) return 0;
        var best = new TopRows(Math.Min(rows.Length, _count));
        foreach (int row in _touched.AsSpan(0, _count))
        {
            float score = (float)(_sums[row] * scale[row]);
            if (row != item && score > 0f) best.Offer(score, row);
            _sums[row] = 0;
        }

        _count = 0;
        int found = best.Complete(rows, scores);
        best.Dispose();
        return found;
    }

    /// <summary>Writes every item's scaled sum; then empties the sums.</summary>
    public void TakeAll(double[] scale, Span<float> scores)
    {
        scores.Clear();
        foreach (int row in _touched.AsSpan(0, _count))
        {
            scores[row] = (float)(_sums[row] * scale[row]);
            _sums[row] = 0;
        }

        _count = 0;
    }
}
