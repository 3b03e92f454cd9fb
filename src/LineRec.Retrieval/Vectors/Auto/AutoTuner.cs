using System.Globalization;

namespace LineRec.Retrieval;

/// <summary>Does what <see cref="VectorIndex.Auto"/> promises. Half of the queries choose, the other half is reported.</summary>
internal sealed class AutoTuner
{
    private const int DrawnQueries = 400;
    private const int MostQueries = 2000;
    private const int FewestQueries = 20;

    private static readonly float[] RefineFactors = [1.1f, 1.3f, 1.6f, 2.2f, 3.5f];
    private static readonly float[] Chances = [0.03f, 0.01f, 0.005f, 0.0025f, 0.001f, 3e-4f, 1e-4f, 3e-5f, 1e-5f, 1e-6f, 1e-7f, 1e-8f, 1e-10f, 1e-13f, 1e-17f, 1e-22f];

    private readonly NpyMatrix<float> _vectors;
    private readonly AutoIndexOptions _options;
    private readonly TimeProvider _time;
    private readonly List<AutoIndexTrial> _trials = [];
    private readonly long _start;
    private readonly float[] _tuning;
    private readonly float[] _reporting;
    private int[] _tuningTruth = [];

    public AutoTuner(NpyMatrix<float> vectors, AutoIndexOptions options, TimeProvider time)
    {
        if (!(options.RecallTarget is > 0 and <= 1)) throw new ArgumentException($"A recall target is over 0 and up to 1, not {options.RecallTarget}.", nameof(options));
        if (options.K < 1) throw new ArgumentException($"An index is tuned for 1 row a search or more, not {options.K}.", nameof(options));
        if (!(options.LiveShare is >= 0 and <= 1)) throw new ArgumentException($"The share of watched searches is 0 to 1, not {options.LiveShare}.", nameof(options));
        if (options.Queries is { } given && (given.Columns != vectors.Columns || given.Rows < FewestQueries))
            throw new ArgumentException($"The sample queries are {given.Rows} of {given.Columns} values; {FewestQueries} or more of {vectors.Columns} are needed. Give more, or none: then they are drawn from the vectors.", nameof(options));
        (_vectors, _options, _time, _start) = (vectors, options, time, time.GetTimestamp());
        (_tuning, _reporting) = Halves();
    }

    private int K => Math.Min(_options.K, _vectors.Rows);

    public AutoIndex Run()
    {
        var flat = new FlatIndex(_vectors, _options.Metric);
        if (_vectors.Rows == 0) return Choose(flat, null, "Flat", "There are no vectors yet.");
        var flatTrial = Measure(flat, "Flat", _tuning, truth: null);
        if (_vectors.Rows <= VectorIndex.Few && (flatTrial.Percentile99 <= _options.LatencyBudget || _options.RecallTarget >= 1)) return Choose(flat, null, "Flat", "It reads few vectors, which keeps the budget exactly.");

        bool onlyExact = _options.RecallTarget >= 1;
        var index = IvfIndex.Build(_vectors, new IvfOptions { Metric = _options.Metric, Threads = _options.Threads, Probe = IvfProbe.Exact });
        var exactTrial = Measure(index, "Ivf, exact", _tuning, truth: null);
        bool flatWins = flatTrial.Percentile99 <= exactTrial.Percentile99;
        if (!onlyExact && (flatWins ? flatTrial : exactTrial).Percentile99 > _options.LatencyBudget) return Approximate(index);
        string reason = onlyExact ? "Only exact answers were asked for, and it gives them quickest." : "Exact answers keep the latency budget.";
        if (!flatWins) return Choose(index, null, exactTrial.Index, reason);
        index.Dispose();
        return Choose(flat, null, flatTrial.Index, reason);
    }

    private AutoIndex Approximate(IvfIndex index)
    {
        var exact = index.With(IvfProbe.Exact);
        _tuningTruth = Truth(exact, _tuning);
        IvfProbe? best = null;
        AutoIndexTrial? bestTrial = null;
        foreach (float factor in RefineFactors)
        {
            double before = 0;
            foreach (float chance in Chances)
            {
                var probe = new IvfProbe { LeastChance = chance, RefineFactor = factor };
                var trial = Measure(index.With(probe), NameOf(probe), _tuning, _tuningTruth);
                if (Reaches(trial.Recall) && (bestTrial is null || trial.Median < bestTrial.Median)) (best, bestTrial) = (probe, trial);
                if (Reaches(trial.Recall) || trial.Recall < before + 0.0002 || (bestTrial is not null && trial.Median > bestTrial.Median)) break;
                before = trial.Recall;
            }
        }

        if (best is null)
        {
            index.Probe = IvfProbe.Exact;
            return Choose(index, null, "Ivf, exact", string.Create(CultureInfo.InvariantCulture, $"No approximate settings reached recall {_options.RecallTarget}, so it searches exactly, over the latency budget."));
        }

        index.Probe = best;
        return Choose(index, exact, NameOf(best), bestTrial!.Percentile99 <= _options.LatencyBudget
            ? string.Create(CultureInfo.InvariantCulture, $"Exact answers don't keep the latency budget; these are the quickest settings with recall {_options.RecallTarget} or more.")
            : string.Create(CultureInfo.InvariantCulture, $"Nothing with recall {_options.RecallTarget} keeps the latency budget; this is the quickest."));
    }

    /// <summary>Whether a recall measured on the tuning half is enough: by a margin, since the quickest of many is a lucky one.</summary>
    private bool Reaches(double recall)
    {
        int answers = _tuning.Length / _vectors.Columns * K;
        double margin = 2 * Math.Sqrt(Math.Max(1e-9, _options.RecallTarget * (1 - _options.RecallTarget)) / answers);
        return recall >= Math.Min(1, _options.RecallTarget + margin);
    }

    private AutoIndex Choose(IVectorIndex index, IVectorIndex? exact, string name, string reason)
    {
        var chosen = _vectors.Rows == 0 ? new AutoIndexTrial(name, 1, default, default) : Measure(index, name, _reporting, exact is null ? null : Truth(exact, _reporting), remember: false);
        return new AutoIndex(index, exact, new AutoIndexChoice
        {
            Chosen = chosen,
            Reason = reason,
            Queries = _reporting.Length / Math.Max(1, _vectors.Columns),
            QueriesAreVectors = _options.Queries is null,
            Took = _time.GetElapsedTime(_start),
            Trials = _trials,
        }, _options);
    }

    private int[] Truth(IVectorIndex exact, float[] queries)
    {
        int[] rows = new int[queries.Length / _vectors.Columns * K];
        exact.SearchBatch(queries, K, rows, new float[rows.Length]);
        return rows;
    }

    /// <summary>Searches for each query, twice: the first time brings code and memory into the caches.</summary>
    /// <param name="index">What searches.</param>
    /// <param name="name">Its name.</param>
    /// <param name="queries">The queries.</param>
    /// <param name="truth">Their true rows; null where the index is exact.</param>
    /// <param name="remember">Whether it counts as tried.</param>
    private AutoIndexTrial Measure(IVectorIndex index, string name, float[] queries, int[]? truth, bool remember = true)
    {
        int dimension = _vectors.Columns, count = queries.Length / dimension;
        int[] rows = new int[K];
        float[] scores = new float[K];
        var times = new TimeSpan[count];
        long hits = 0, wanted = 0;
        for (int pass = 0; pass < 2; pass++)
        {
            for (int q = 0; q < count; q++)
            {
                long start = _time.GetTimestamp();
                int found = index.Search(queries.AsSpan(q * dimension, dimension), rows, scores);
                times[q] = _time.GetElapsedTime(start);
                if (pass == 0 || truth is null) continue;
                var right = truth.AsSpan(q * K, K);
                wanted += K - right.Count(-1);
                foreach (int row in rows.AsSpan(0, found)) hits += right.Contains(row) ? 1 : 0;
            }
        }

        Array.Sort(times);
        var trial = new AutoIndexTrial(name, truth is null || wanted == 0 ? 1 : (double)hits / wanted, times[count / 2], times[count * 99 / 100]);
        if (remember) _trials.Add(trial);
        return trial;
    }

    /// <summary>Sample queries in two halves: every other one.</summary>
    private (float[] Tuning, float[] Reporting) Halves()
    {
        var source = _options.Queries ?? _vectors;
        int count = Math.Min(source.Rows, _options.Queries is null ? DrawnQueries : MostQueries);
        if (count == 0) return ([], []);
        var random = new Random((int)(_options.Seed ^ (_options.Seed >> 32)));
        int[] rows = _options.Queries is null
            ? [.. Enumerable.Range(0, count).Select(_ => random.Next(source.Rows))]
            : [.. Enumerable.Range(0, count).Select(i => (int)((long)i * source.Rows / count))];
        float[] Half(int first) => [.. Enumerable.Range(0, count).Where(i => i % 2 == first || count == 1).SelectMany(i => source[rows[i]].ToArray())];
        return (Half(0), Half(1));
    }

    private static string NameOf(IvfProbe probe) => string.Create(CultureInfo.InvariantCulture, $"Ivf, {nameof(IvfProbe.LeastChance)} {probe.LeastChance:0.#E+0}, {nameof(IvfProbe.RefineFactor)} {probe.RefineFactor}");
}
