using System.Globalization;
using Spectre.Console;

namespace LineRec.Bench.Vectors;

/// <summary>The report on the console: exact indexes, then for each other index its fastest setting at each recall. The JSON has all rows.</summary>
internal static class VectorsTable
{
    public static void Write(VectorsReport report)
    {
        AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.Set.Name}: {report.Set.Vectors:N0} × {report.Set.Dimension}, {report.Set.Metric}, k = {report.Set.K}; {report.Machine.Cpu}, {report.Machine.Simd}, {report.Machine.Processors} processors, {report.Machine.Runtime}"));
        if (report.Rows.Any(r => r.Exact)) AnsiConsole.Write(Exact(report));
        if (report.Rows.Any(r => !r.Exact)) AnsiConsole.Write(Approximate(report));
    }

    private static Table Exact(VectorsReport report)
    {
        var table = Create("exact, µs a query", ["p50", "p99", "batch", "recall", "build s", "bytes/vector"]);
        foreach (var group in report.Rows.Where(r => r.Exact).GroupBy(Name))
        {
            var single = group.Where(r => r.Mode == "single").MinBy(r => r.P50Us)!;
            var batch = group.Where(r => r.Mode == "batch").MinBy(r => r.P50Us)!;
            table.AddRow(Cells(group.Key, Text(single.P50Us, "0"), Text(single.P99Us, "0"), Text(batch.P50Us, "0"), Text(single.RecallAtK, "0.0000"), Text(single.BuildS, "0.0"), Text(single.BytesPerVector, "0")));
        }

        return table;
    }

    private static Table Approximate(VectorsReport report)
    {
        string[] targets = [.. SettingChoice.Targets.Select(t => Text(t, ".00"))];
        var table = Create("p50 · p99 µs a query, at recall", [.. targets, "highest", "batch " + targets[1], "build s", "bytes/vector"]);
        foreach (var group in report.Rows.Where(r => !r.Exact).GroupBy(Name).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var single = group.Where(r => r.Mode == "single").ToList();
            string[] times = [.. SettingChoice.Targets.Select(t => single.Where(r => r.RecallAtK >= t).MinBy(r => r.P50Us) is { } row ? Text(row.P50Us, "0") + " · " + Text(row.P99Us, "0") : "–")];
            string batch = group.Where(r => r.Mode == "batch" && r.RecallAtK >= SettingChoice.Targets[1]).MinBy(r => r.P50Us) is { } best ? Text(best.P50Us, "0") : "–";
            table.AddRow(Cells([group.Key, .. times, Text(single.Max(r => r.RecallAtK), "0.0000"), batch, Text(single[0].BuildS, "0.0"), Text(single[0].BytesPerVector, "0")]));
        }

        return table;
    }

    private static string Name(VectorsRow row) => $"{row.By} {row.Version} {row.Simd} {row.Index}";

    private static Table Create(string title, string[] columns)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn(title);
        foreach (string column in columns) table.AddColumn(new TableColumn(column).RightAligned());
        return table;
    }

    private static string[] Cells(params string[] texts) => [.. texts.Select(Markup.Escape)];

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
