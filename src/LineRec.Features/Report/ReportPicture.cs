using System.Globalization;
using System.Text;

namespace LineRec.Features;

/// <summary>Draws a column as inline SVG: bars of the histogram (of the most frequent values for a text), and the earlier period as a line.</summary>
internal static class ReportPicture
{
    private const double Width = 160;
    private const double Height = 40;

    internal static string Of(ReportedColumn column)
    {
        IReadOnlyList<long> counts = column.Histogram?.Counts ?? [.. column.TopValues.Select(v => v.Count)];
        if (counts.Count == 0) return "";
        double[] shares = Shares(counts), before = column.Drift?.Before is { } earlier ? Shares(earlier.Counts) : [];
        double highest = Math.Max(shares.Max(), before.DefaultIfEmpty(0).Max()), bar = Width / shares.Length;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg width=\"{Width}\" height=\"{Height}\" viewBox=\"0 0 {Width} {Height}\" role=\"img\"><title>{Title(column)}</title>");
        for (int i = 0; i < shares.Length; i++)
        {
            double height = Height * shares[i] / highest;
            svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{i * bar:0.##}\" y=\"{Height - height:0.##}\" width=\"{Math.Max(1, bar - 1):0.##}\" height=\"{height:0.##}\"/>");
        }

        if (before.Length > 0)
        {
            string points = string.Join(' ', before.Select((share, i) => string.Create(CultureInfo.InvariantCulture, $"{(i + 0.5) * bar:0.##},{Height - (Height * share / highest):0.##}")));
            svg.Append("<polyline points=\"").Append(points).Append("\"/>");
        }

        return svg.Append("</svg>").ToString();
    }

    private static string Title(ReportedColumn column) => column.Histogram is { } histogram ? $"{ReportText.Number(histogram.Low)} to {ReportText.Number(histogram.High)}" : "most frequent values";

    private static double[] Shares(IReadOnlyList<long> counts)
    {
        double all = Math.Max(1, counts.Sum());
        return [.. counts.Select(c => c / all)];
    }
}
