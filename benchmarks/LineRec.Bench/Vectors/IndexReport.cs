using System.Diagnostics;
using System.Globalization;

namespace LineRec.Bench.Vectors;

/// <summary>One index on its way into the report: built, its settings chosen, then measured pass by pass.</summary>
internal sealed class IndexReport : IDisposable
{
    private readonly IBenchIndex _index;
    private readonly VectorSet _set;
    private readonly GroundTruth _truth;
    private readonly VectorsOptions _options;
    private readonly List<Measured> _settings;
    private readonly int _firstQuery;
    private readonly int _count;
    private readonly double _bytes;

    private IndexReport(IBenchIndex index, VectorSet set, GroundTruth truth, VectorsOptions options, double buildSeconds)
    {
        (_index, _set, _truth, _options, BuildSeconds) = (index, set, truth, options, buildSeconds);
        _bytes = index.Bytes;
        _firstQuery = set.Queries.Rows / 2;
        var points = Vectors.Sweep.Run(index, truth, _firstQuery, options.K);
        _settings = SettingChoice.Choose(points).ConvertAll(s => new Measured(s));
        Sweep = string.Join("; ", _settings.Select(s => points.First(p => p.Setting == s.Setting)).Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Setting} {p.Recall.Mean:0.0000} {p.P50:0} µs")));
        index.Use(_settings[^1].Setting);
        _count = Vectors.Sweep.Affordable(index, _firstQuery, set.Queries.Rows - _firstQuery, options.K);
    }

    public double BuildSeconds { get; }

    public double BytesPerVector => _bytes / _set.Base.Rows;

    /// <summary>The chosen settings with what they did on the choosing half.</summary>
    public string Sweep { get; }

    public static IndexReport Build(IBenchIndex index, VectorSet set, GroundTruth truth, VectorsOptions options)
    {
        _ = set.PeerBase.Rows; // normalising isn't building
        long start = Stopwatch.GetTimestamp();
        index.Build(set, PinnedThreads.Available);
        return new IndexReport(index, set, truth, options, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    /// <summary>Measures each setting once, single queries and a batch.</summary>
    public void Pass()
    {
        foreach (var setting in _settings)
        {
            _index.Use(setting.Setting);
            setting.Singles.Add(SinglePass.Run(_index, _firstQuery, _count, _options.K, _options.Threads));
            setting.Batches.Add(BatchPass.Run(_index, _firstQuery, Math.Min(BatchPass.Size, _count), _options.K, _options.Threads));
        }
    }

    public IEnumerable<VectorsRow> Rows()
    {
        foreach (var setting in _settings)
        {
            // A query's time is the median of its passes: what the machine did beside the search in one of them doesn't count.
            double[] times = [.. Enumerable.Range(0, _count).Select(q => Statistics.Median(setting.Singles.SelectMany(p => p.Microseconds.Select(t => t[q]))))];
            yield return Row(setting, "single", setting.Singles[^1].Found, _count) with
            {
                P50Us = Statistics.Median(times),
                P99Us = Statistics.Quantile(times, 0.99),
                Qps = Statistics.Median(setting.Singles.Select(p => p.QueriesPerSecond)),
            };
            double batch = Statistics.Median(setting.Batches.Select(b => b.Microseconds));
            yield return Row(setting, "batch", setting.Batches[^1].Found, setting.Batches[^1].Found.Length / _options.K) with
            {
                P50Us = batch,
                P99Us = setting.Batches.Max(b => b.Microseconds),
                Qps = 1e6 / batch * _options.Threads,
            };
        }
    }

    public void Dispose() => _index.Dispose();

    private VectorsRow Row(Measured setting, string mode, int[] found, int count) => new()
    {
        By = _index.Label.By,
        Version = _index.Label.Version,
        Simd = _index.Label.Simd,
        Index = _index.Label.Index,
        Params = setting.Setting,
        Mode = mode,
        Threads = _options.Threads,
        Exact = _index.Label.Exact,
        RecallAtK = Recalls.Of(_truth, _firstQuery, count, _options.K, found).Mean,
        P50Us = 0,
        P99Us = 0,
        Qps = 0,
        BuildS = BuildSeconds,
        BuildThreads = PinnedThreads.Available,
        BytesPerVector = BytesPerVector,
        Queries = count,
    };

    private sealed record Measured(string Setting)
    {
        public List<SinglePass> Singles { get; } = [];

        public List<BatchPass> Batches { get; } = [];
    }
}
