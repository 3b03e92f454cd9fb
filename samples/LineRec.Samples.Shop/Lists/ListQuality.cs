namespace LineRec.Samples.Shop.Lists;

/// <summary>Mean reciprocal rank of the click in lists that systems order anew, with bootstrap intervals over sessions.</summary>
internal sealed class ListQuality
{
    private readonly IReadOnlyList<ListCase> _cases;
    private readonly int[] _sessionOf;
    private readonly double[] _counts;
    private readonly Dictionary<string, double[]> _sums = [];

    public ListQuality(IReadOnlyList<ListCase> cases)
    {
        _cases = cases;
        var sessions = new Dictionary<string, int>(StringComparer.Ordinal);
        _sessionOf = [.. cases.Select(c => sessions.TryAdd(c.UserId, sessions.Count) ? sessions.Count - 1 : sessions[c.UserId])];
        _counts = new double[sessions.Count];
        foreach (int session in _sessionOf) _counts[session]++;
    }

    /// <summary>How many sessions the lists are of.</summary>
    public int Sessions => _counts.Length;

    /// <summary>Judges a system.</summary>
    /// <param name="system">Its name.</param>
    /// <param name="order">Orders a list: rows, best first. A click that it leaves out has the reciprocal rank 0.</param>
    /// <param name="progress">Told of the share done.</param>
    public ConfidenceInterval Judge(string system, Func<ListCase, IReadOnlyList<int>> order, IProgress<double>? progress = null)
    {
        var sums = new double[_counts.Length];
        for (int i = 0; i < _cases.Count; i++)
        {
            sums[_sessionOf[i]] += ReciprocalRank(order(_cases[i]), _cases[i].ClickedRow);
            progress?.Report((i + 1.0) / _cases.Count);
        }

        _sums[system] = sums;
        return Bootstrap.Mean(sums, _counts);
    }

    /// <summary>How much better one judged system is than another, on the same sessions.</summary>
    public ConfidenceInterval Compare(string system, string versus) => Bootstrap.Difference(_sums[system], _sums[versus], _counts);

    private static double ReciprocalRank(IReadOnlyList<int> order, int clicked)
    {
        for (int place = 0; place < order.Count; place++)
        {
            if (order[place] == clicked) return 1.0 / (place + 1);
        }

        return 0;
    }
}
