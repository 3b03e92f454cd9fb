namespace LineRec.Retrieval;

/// <summary>The share that each value of a text column (a category, a shop) has in a user's history, by its code: a request's own, computed on first use.</summary>
/// <remarks>Not thread-safe. O(history) once a request; no allocation once warm.</remarks>
internal sealed class HistoryShares : IRequestScratch
{
    private readonly RowScores _shares = new();

    public RowScores Of(RequestContext context, HistoryWeights history, TextColumn column)
    {
        if (_shares.IsComplete) return _shares;
        Span<int> rows = stackalloc int[history.Last];
        Span<float> weights = stackalloc float[history.Last];
        int count = history.Select(context.History, context.UnixMilliseconds, rows, weights);
        float sum = 0f;
        for (int i = 0; i < count; i++)
        {
            int code = column.Codes[rows[i]];
            if (code == TextColumn.Missing) continue;
            _shares.Add(code, weights[i]);
            sum += weights[i];
        }

        if (sum > 0f)
        {
            foreach (ref float share in _shares.Scores) share /= sum;
        }

        _shares.IsComplete = true;
        return _shares;
    }

    public void Reset() => _shares.Reset();
}
