using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace LineRec.Bench.Vectors;

/// <summary>Makes or opens a set, builds every index, chooses settings on one half of the queries and reports the other half.</summary>
internal sealed class VectorsRun(VectorsOptions options)
{
    private readonly List<VectorsRow> _rows = [];

    public void Run()
    {
        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = 180;
        Check();
        long start = Stopwatch.GetTimestamp();
        using var set = VectorSet.Open(options.Base, options.Queries, options.Make, options.Metric);
        Say(start, $"{set.Name}: {set.Base.Rows:N0} × {set.Base.Columns}, {set.Queries.Rows:N0} queries");
        var truth = GroundTruth.Open(set, options.K, options.Truth);
        Say(start, $"truth {(options.Truth is null ? "computed" : "read")}");
        var indexes = IndexCatalog.Create(options.Indexes, set, (name, how) => AnsiConsole.WriteLine($"{name} is missing. To bring it: {how}"));
        bool together = Fits(set, indexes.Count);
        if (!together) AnsiConsole.WriteLine("The indexes don't fit into memory together: each is measured alone, passes don't alternate.");
        if (indexes.Count == 0) throw new ArgumentException("There is nothing to measure: all that --index names is missing.");
        var reports = new List<IndexReport>();
        foreach (var index in indexes)
        {
            Say(start, $"building {index.Label.By} {index.Label.Index}");
            var report = IndexReport.Build(index, set, truth, options);
            reports.Add(report);
            Say(start, $"built in {report.BuildSeconds:0.0} s, {report.BytesPerVector:0} bytes a vector; {report.Sweep}");
            if (!together) Finish(reports);
        }

        Say(start, $"measuring what is reported");
        Finish(reports);
        if (DebianFaiss.IsAnother && indexes.Any(i => i.Label is { By: "faiss", Exact: true }))
        {
            Say(start, $"measuring the other FAISS");
            _rows.AddRange(DebianFaiss.Measure(options));
        }

        Say(start, $"done");
        var whole = new VectorsReport
        {
            Set = new() { Name = set.Name, Vectors = set.Base.Rows, Dimension = set.Base.Columns, Metric = Name(set.Metric), K = options.K },
            Rows = _rows,
        };
        VectorsTable.Write(whole);
        if (options.Json is not null) whole.Save(options.Json);
        if (options.Plot is not null) VectorsPlot.Save(whole, options.Plot);
    }

    /// <summary>Passes go over all indexes in turn, so that a disturbance of the machine meets them alike.</summary>
    private void Finish(List<IndexReport> reports)
    {
        for (int pass = 0; pass < options.Passes; pass++)
        {
            foreach (var report in reports) report.Pass();
        }

        foreach (var report in reports)
        {
            _rows.AddRange(report.Rows());
            report.Dispose();
        }

        reports.Clear();
    }

    private void Check()
    {
        IndexCatalog.Check(options.Indexes);
        if (options.K < 1) throw new ArgumentException($"--k {options.K}: 1 or more rows can be asked for.");
        if (options.Threads < 1 || options.Threads > PinnedThreads.Available) throw new ArgumentException($"--threads {options.Threads}: 1 to {PinnedThreads.Available} are possible here, a processor each.");
        if (options.Passes < 1) throw new ArgumentException($"--passes {options.Passes}: 1 or more are needed.");
        foreach (string? path in (string?[])[options.Json, options.Plot])
        {
            if (path is not null && !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path)))) throw new ArgumentException($"There is no folder for '{path}'. Make it first.");
        }
    }

    /// <summary>Whether that many indexes, with a graph's or a codebook's size each, fit beside each other.</summary>
    private static bool Fits(VectorSet set, int indexes) =>
        (double)set.Base.Rows * ((set.Base.Columns * sizeof(float)) + 100) * indexes < 0.6 * GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    private static string Name(VectorMetric metric) => metric switch { VectorMetric.Cosine => "cosine", VectorMetric.L2 => "l2", _ => "ip" };

    private static void Say(long start, FormattableString text) =>
        AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture, $"[{Stopwatch.GetElapsedTime(start).TotalSeconds,6:0.0} s] ") + FormattableString.Invariant(text));
}
