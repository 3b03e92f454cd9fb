using System.Text;
using System.Text.RegularExpressions;
using ScottPlot;

namespace LineRec.Tracking;

/// <summary>Draws a metric's curves over the steps, one a run.</summary>
internal static partial class RunsCurves
{
    private const int Width = 640, Height = 320;

    /// <summary>A picture that can stand in a page's img: SVG, as a data URI, so that the ids of two pictures don't mix.</summary>
    public static string DataUri(string metric, IReadOnlyList<RunRecord> runs)
    {
        using var plot = new Plot();
        var palette = new ScottPlot.Palettes.Category20();
        int drawn = 0;
        foreach (var run in runs)
        {
            int colour = drawn++; // a run keeps its colour in all pictures
            var points = run.Metrics.GetValueOrDefault(metric)?.Where(p => double.IsFinite(p.Value)).ToList();
            if (points is not { Count: > 0 }) continue;
            var line = plot.Add.Scatter(points.Select(p => (double)p.Step).ToArray(), points.Select(p => p.Value).ToArray());
            (line.LegendText, line.Color, line.LineWidth, line.MarkerSize) = (run.RunName, palette.GetColor(colour), 1.5f, points.Count == 1 ? 6 : 0);
        }

        plot.Title(metric);
        plot.XLabel("step");
        plot.ShowLegend(Alignment.UpperRight);
        return "data:image/svg+xml;base64," + Convert.ToBase64String(Encoding.UTF8.GetBytes(Renumbered(plot.GetSvgXml(Width, Height))));
    }

    // Skia counts the ids of clips through the whole process; the same picture shall be the same text.
    private static string Renumbered(string svg)
    {
        Dictionary<string, string> ids = [];
        return ClipId().Replace(svg, id => ids.TryGetValue(id.Value, out string? known) ? known : ids[id.Value] = $"clip{ids.Count}");
    }

    [GeneratedRegex(@"\bcl_[0-9a-f]+\b")]
    private static partial Regex ClipId();
}
