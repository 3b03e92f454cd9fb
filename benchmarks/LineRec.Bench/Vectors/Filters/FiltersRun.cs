using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace LineRec.Bench.Vectors;

/// <summary>
/// Measures filtered searches. The bar is the eligible rows copied into a matrix of their own and scanned by brute force: what a filter would cost if it were known beforehand.
/// </summary>
internal sealed class FiltersRun(VectorsOptions options)
{
    private const int Queries = 200;
    private const int Passes = 5;

    private static readonly double[] Selectivities = [1, 0.5, 0.1, 0.01, 0.001, 0.0001, 0.00001];
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public void Run()
    {
        if (options.K < 1) throw new ArgumentException($"--k {options.K}: 1 or more rows can be asked for.");
        using var set = VectorSet.Open(options.Base, options.Queries, options.Make, options.Metric);
        var views = FilteredView.Create(set);
        var rows = new List<FilterRow>();
        foreach (double selectivity in Selectivities)
        {
            var eligible = Draw(set.Base.Rows, selectivity);
            if (eligible.Count == 0) continue;
            rows.AddRange(Measure(set, views, selectivity, eligible));
        }

        Write(set, rows);
        if (options.Json is not null) File.WriteAllText(options.Json, JsonSerializer.Serialize(new { Machine = new VectorsReport.MachineInfo(), Set = set.Name, options.K, Rows = rows }, Json));
        foreach (var view in views) view.Dispose();
    }

    private static RowSet Draw(int rows, double selectivity)
    {
        var set = new RowSet(rows);
        var random = new SplitMix(17);
        for (int row = 0; row < rows; row++) if (random.Uniform() < selectivity) set.Add(row);
        return set;
    }

    private List<FilterRow> Measure(VectorSet set, IReadOnlyList<FilteredView> views, double selectivity, RowSet eligible)
    {
        int count = Math.Min(Queries, set.Queries.Rows);
        using var alone = new EligibleRows(set, eligible);
        FilteredView[] all = [.. views, alone];
        var passes = all.Select(_ => new List<double[]>()).ToArray();
        for (int pass = 0; pass < Passes; pass++)
        {
            for (int v = 0; v < all.Length; v++) passes[v].Add(Pass(all[v], set, eligible, count, pass == 0));
        }

        double bar = P50(passes[^1], count);
        return [.. all.Select((view, v) => new FilterRow(view.Name, selectivity, eligible.Count, P50(passes[v], count), P99(passes[v], count), P50(passes[v], count) / bar, Recall(view, alone, set, eligible, count)))];
    }

    private double[] Pass(FilteredView view, VectorSet set, RowSet eligible, int count, bool first)
    {
        var times = new double[count];
        PinnedThreads.Run(1, _ =>
        {
            var rows = new int[options.K];
            var scores = new float[options.K];
            long began = Stopwatch.GetTimestamp();
            for (int i = 0; i < count && (i < 20 || (first && Stopwatch.GetElapsedTime(began).TotalSeconds < 0.5)); i++) view.Search(set.Queries[i], rows, scores, eligible);
            for (int i = 0; i < count; i++)
            {
                long start = Stopwatch.GetTimestamp();
                view.Search(set.Queries[i], rows, scores, eligible);
                times[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            }
        });
        return times;
    }

    /// <summary>The share of the true rows that a filtered search finds, by score; and it must find as many as there are.</summary>
    private double Recall(FilteredView view, FilteredView truth, VectorSet set, RowSet eligible, int count)
    {
        int want = Math.Min(options.K, eligible.Count);
        double sum = 0;
        for (int i = 0; i < count; i++)
        {
            var (rows, scores, bars) = (new int[options.K], new float[options.K], new float[options.K]);
            truth.Search(set.Queries[i], rows, bars, eligible);
            int found = view.Search(set.Queries[i], rows, scores, eligible);
            if (found < want) throw new InvalidOperationException($"{view.Name} found {found} rows where {want} were eligible (query {i}).");
            float bar = bars[want - 1];
            sum += scores.AsSpan(0, found).ToArray().Count(s => s >= bar) / (double)want;
        }

        return sum / count;
    }

    private static double P50(List<double[]> passes, int count) => Statistics.Median(Each(passes, count));

    private static double P99(List<double[]> passes, int count) => Statistics.Quantile(Each(passes, count), 0.99);

    private static double[] Each(List<double[]> passes, int count) => [.. Enumerable.Range(0, count).Select(q => Statistics.Median(passes.Select(p => p[q])))];

    private static void Write(VectorSet set, List<FilterRow> rows)
    {
        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = 180;
        AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{set.Name}: {set.Base.Rows:N0} × {set.Base.Columns}; {Machine.Cpu}, {Machine.Simd}"));
        var table = new Table { Border = TableBorder.Simple };
        foreach (string column in (string[])["eligible", "index", "p50 µs", "p99 µs", "against the scan", "recall"]) table.AddColumn(column);
        foreach (var row in rows)
        {
            table.AddRow(string.Create(CultureInfo.InvariantCulture, $"{row.Selectivity:0.###%} ({row.Eligible:N0})"), row.Index, Text(row.P50Us, "0.0"), Text(row.P99Us, "0.0"), Text(row.AgainstScan, "0.00") + "x", Text(row.Recall, "0.0000"));
        }

        AnsiConsole.Write(table);
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private sealed record FilterRow(string Index, double Selectivity, int Eligible, double P50Us, double P99Us, double AgainstScan, double Recall);
}
