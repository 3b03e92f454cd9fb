namespace LineRec.Samples.Shop.Serving;

/// <summary>Collects how long requests took, by stage.</summary>
internal sealed class LatencyMeter
{
    private static readonly string[] Stages = ["retrieve", "filter", "rank", "rerank", "total"];

    private readonly List<double>[] _microseconds = [[], [], [], [], []];

    public int Requests => _microseconds[0].Count;

    public int EmptySlates { get; private set; }

    public int DegradedSlates { get; private set; }

    public void Add(Slate slate)
    {
        var t = slate.Timings;
        TimeSpan[] took = [t.Retrieve, t.Filter, t.Rank, t.ReRank, t.Total];
        for (int i = 0; i < took.Length; i++) _microseconds[i].Add(took[i].TotalMicroseconds);
        if (slate.Items.Count == 0) EmptySlates++;
        if (slate.Degradations.Count > 0) DegradedSlates++;
    }

    public IReadOnlyList<LatencyRow> Rows() => [.. Stages.Select((stage, i) => new LatencyRow(stage, Quantile(_microseconds[i], 0.5), Quantile(_microseconds[i], 0.99)))];

    private static double Quantile(List<double> values, double share)
    {
        values.Sort();
        return values.Count == 0 ? 0 : values[Math.Min(values.Count - 1, (int)(share * values.Count))];
    }
}
