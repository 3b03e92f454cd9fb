using System.Globalization;
using ScottPlot;

namespace LineRec.Bench.Vectors;

/// <summary>The curve of queries a second over recall, one line an index; higher and further right is better.</summary>
internal static class VectorsPlot
{
    private const double LowestRecall = 0.85;

    /// <summary>Writes a .png or .svg file.</summary>
    public static void Save(VectorsReport report, string path)
    {
        var plot = new Plot();
        int colour = 0;
        var palette = new ScottPlot.Palettes.Category20();
        foreach (var line in report.Rows.Where(r => r.Mode == "single" && r.RecallAtK >= LowestRecall).GroupBy(r => (r.By, r.Version, r.Simd, r.Index, r.Exact)))
        {
            var rows = Frontier(line);
            var scatter = plot.Add.Scatter(rows.Select(r => r.RecallAtK).ToArray(), rows.Select(r => Math.Log10(r.Qps)).ToArray());
            bool ours = line.Key.By == "linerec";
            scatter.Color = ours ? Colors.Black : palette.GetColor(colour++);
            scatter.LineWidth = ours ? 3 : 1.5f;
            scatter.MarkerSize = line.Key.Exact ? 11 : 6;
            scatter.MarkerShape = line.Key.Exact ? MarkerShape.FilledDiamond : MarkerShape.FilledCircle;
            scatter.LegendText = $"{line.Key.By} {line.Key.Index}";
        }

        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic
        {
            IntegerTicksOnly = true,
            MinorTickGenerator = new ScottPlot.TickGenerators.LogMinorTickGenerator(),
            LabelFormatter = exponent => Math.Pow(10, exponent).ToString("N0", CultureInfo.InvariantCulture),
        };
        plot.Axes.SetLimitsX(LowestRecall, 1.004);
        plot.XLabel(string.Create(CultureInfo.InvariantCulture, $"recall@{report.Set.K}"));
        plot.YLabel(string.Create(CultureInfo.InvariantCulture, $"queries a second, {report.Rows[0].Threads} thread(s)"));
        plot.Title(string.Create(CultureInfo.InvariantCulture, $"{report.Set.Name}: {report.Set.Vectors:N0} × {report.Set.Dimension}, {report.Machine.Simd}"));
        plot.ShowLegend(Edge.Right);
        if (path.EndsWith(".svg", StringComparison.OrdinalIgnoreCase)) plot.SaveSvg(path, 1300, 720);
        else plot.SavePng(path, 1300, 720);
    }

    /// <summary>The rows that none other beats in both.</summary>
    private static List<VectorsRow> Frontier(IEnumerable<VectorsRow> rows)
    {
        var kept = new List<VectorsRow>();
        foreach (var row in rows.OrderByDescending(r => r.RecallAtK).ThenByDescending(r => r.Qps))
        {
            if (kept.Count == 0 || row.Qps > kept[^1].Qps) kept.Add(row);
        }

        return kept;
    }
}
