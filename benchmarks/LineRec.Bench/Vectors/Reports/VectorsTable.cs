using System.Globalization;
using Spectre.Console;

namespace LineRec.Bench.Vectors;

/// <summary>The report on the console.</summary>
internal static class VectorsTable
{
    public static void Write(VectorsReport report)
    {
        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = 180;
        var table = new Table { Border = TableBorder.Simple };
        foreach (string column in (string[])["by", "index", "params", "mode"]) table.AddColumn(column);
        foreach (string column in (string[])["recall", "p50 µs", "p99 µs", "queries/s", "build s", "bytes/vector"]) table.AddColumn(new TableColumn(column).RightAligned());
        foreach (var row in report.Rows.OrderBy(r => r.Mode == "batch").ThenBy(r => !r.Exact).ThenBy(r => r.By).ThenBy(r => r.Index, StringComparer.Ordinal).ThenBy(r => r.RecallAtK))
        {
            table.AddRow(
                [.. new[]
                {
                    $"{row.By} {row.Version} {row.Simd}", row.Exact ? row.Index + " (exact)" : row.Index, row.Params, row.Mode,
                    Number(row.RecallAtK, "0.0000"), Number(row.P50Us, "0.0"), Number(row.P99Us, "0.0"), Number(row.Qps, "0"), Number(row.BuildS, "0.0"), Number(row.BytesPerVector, "0"),
                }.Select(Markup.Escape)]);
        }

        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"{report.Set.Name}: {report.Set.Vectors:N0} × {report.Set.Dimension}, {report.Set.Metric}, k = {report.Set.K}; {report.Machine.Cpu}, {report.Machine.Simd}, {report.Machine.Processors} processors, {report.Machine.Runtime}");
        AnsiConsole.Write(table);
    }

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
