namespace LineRec.Retrieval;

/// <summary>A chart with the score of any row: an array by row where it ranks a good part of the catalog, else the ranked rows in order and a binary search.</summary>
/// <remarks>Immutable and thread-safe. 4 bytes an item of the catalog or 8 an item of the chart, whichever is less.</remarks>
internal sealed class ChartScores
{
    private readonly float[] _scores;
    private readonly int[]? _rows;

    /// <exception cref="ArgumentException">The chart ranks a row outside the catalog.</exception>
    public ChartScores(Chart chart, int catalogCount)
    {
        Chart = chart;
        foreach (int row in chart.Rows)
        {
            if ((uint)row >= (uint)catalogCount) throw new ArgumentException($"The chart ranks row {row}; the catalog has {catalogCount}. Build charts for this catalog anew.", nameof(chart));
        }

        if (2L * chart.Rows.Length >= catalogCount)
        {
            _scores = new float[catalogCount];
            Array.Fill(_scores, float.NaN);
            for (int i = 0; i < chart.Rows.Length; i++) _scores[chart.Rows[i]] = chart.Scores[i];
            return;
        }

        (_rows, _scores) = (chart.Rows.ToArray(), chart.Scores.ToArray());
        Array.Sort(_rows, _scores);
    }

    public Chart Chart { get; }

    /// <summary>The chart's best score; 0 where it ranks nothing.</summary>
    public float Best => Chart.Scores.IsEmpty ? 0f : Chart.Scores[0];

    /// <summary>A row's score; NaN where the chart doesn't rank it.</summary>
    public float this[int row]
    {
        get
        {
            if (_rows is null) return _scores[row];
            int place = Array.BinarySearch(_rows, row);
            return place < 0 ? float.NaN : _scores[place];
        }
    }

    /// <summary>A snapshot's chart, made once for all who ask; null where there is none of that name.</summary>
    public static ChartScores? Find(ModelSnapshot snapshot, string name) =>
        snapshot.Charts.TryGetValue(name, out var chart) ? snapshot.GetOrCreate($"chart:{name}", s => new ChartScores(chart, s.Catalog.Count)) : null;

    /// <summary>A snapshot's chart.</summary>
    /// <exception cref="InvalidOperationException">There is none of that name.</exception>
    public static ChartScores Get(ModelSnapshot snapshot, string name, string neededBy) => Find(snapshot, name) ?? throw new InvalidOperationException(
        $"{neededBy} needs the chart '{name}'; bundle '{snapshot.Version}' has {Names(snapshot.Charts)}. Build it with {nameof(TrendingBuilder)}, or leave the retriever out.");

    private static string Names(IReadOnlyDictionary<string, Chart> charts) =>
        charts.Count == 0 ? "no charts" : $"the charts {string.Join(", ", charts.Keys.Order(StringComparer.Ordinal).Select(n => $"'{n}'"))}";
}
