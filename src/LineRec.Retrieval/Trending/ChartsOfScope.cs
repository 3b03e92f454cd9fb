namespace LineRec.Retrieval;

/// <summary>The charts of one attribute by its values, linked to a snapshot: which one a request gets.</summary>
/// <remarks>Immutable and thread-safe; choosing takes no allocation.</remarks>
internal sealed class ChartsOfScope
{
    private readonly string _attribute;
    private readonly HistoryWeights? _history;
    private readonly Dictionary<string, ChartScores> _charts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ChartScores>.AlternateLookup<ReadOnlySpan<char>> _byPath;
    private readonly TextColumn? _category;
    private readonly ChartScores?[] _byCode = [];

    public ChartsOfScope(ModelSnapshot snapshot, TrendingOptions options, string attribute)
    {
        _attribute = attribute;
        string prefix = TrendingDefaults.ChartOf(options.Chart, attribute, "");
        foreach (string name in snapshot.Charts.Keys.Where(n => n.StartsWith(prefix, StringComparison.Ordinal)))
        {
            var chart = ChartScores.Find(snapshot, name)!;
            if (chart.Chart.Rows.Length >= options.MinItems) _charts.Add(name[prefix.Length..], chart);
        }

        _byPath = _charts.GetAlternateLookup<ReadOnlySpan<char>>();
        if (attribute != CatalogColumns.Category || snapshot.Catalog.Category is not { } category) return;
        (_category, _history) = (category, options.History);
        _byCode = [.. category.Values.ToArray().Select(value => OfPath(value))];
    }

    public int Count => _charts.Count;

    /// <summary>The chart that a request gets; null where there is none for it.</summary>
    public ChartScores? Choose(RequestContext context)
    {
        if (context.Request.Attributes is { } attributes && attributes.TryGetValue(_attribute, out string? value) && !string.IsNullOrEmpty(value))
            return _attribute == CatalogColumns.Category ? OfPath(value) : _charts.GetValueOrDefault(value);
        if (_category is null) return null;
        foreach (int anchor in context.Anchors)
        {
            if (_category.Codes[anchor] is var code and not TextColumn.Missing) return _byCode[code];
        }

        return OfHistory(context);
    }

    /// <summary>The chart of the category that weighs most in the history; of equal ones that of the lower code.</summary>
    private ChartScores? OfHistory(RequestContext context)
    {
        var shares = context.GetScratch<HistoryShares>(this).Of(context, _history!, _category!);
        int best = TextColumn.Missing;
        for (int i = 0; i < shares.Count; i++)
        {
            int code = shares.Rows[i];
            if (best < 0 || shares.Scores[i] > shares[best] || (shares.Scores[i] == shares[best] && code < best)) best = code;
        }

        return best < 0 ? null : _byCode[best];
    }

    private ChartScores? OfPath(ReadOnlySpan<char> path)
    {
        while (!path.IsEmpty)
        {
            if (_byPath.TryGetValue(path, out var chart)) return chart;
            int slash = path.LastIndexOf('/');
            path = slash < 0 ? [] : path[..slash];
        }

        return null;
    }
}
