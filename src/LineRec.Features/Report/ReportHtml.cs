using System.Globalization;
using System.Net;
using System.Text;

namespace LineRec.Features;

/// <summary>Writes a report as one HTML page: styles and pictures are inside, texts are escaped, nothing is loaded and nothing runs.</summary>
internal static class ReportHtml
{
    private const string Style = """
        body{font:14px/1.4 system-ui,sans-serif;margin:2em;color:#222}table{border-collapse:collapse;margin:.5em 0 2em}
        th,td{padding:.25em .7em;border-bottom:1px solid #ddd;text-align:right;vertical-align:top}th:first-child,td:first-child,td.text{text-align:left}
        td.text{max-width:28em;overflow-wrap:anywhere}.some{background:#fff3c4}.much{background:#ffd2c9}svg rect{fill:#4a7fb5}svg polyline{fill:none;stroke:#c0392b;stroke-width:1.5}
        """;

    internal static string Write(FeatureReport report)
    {
        var html = new StringBuilder();
        html.Append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/><title>Features ").Append(Escape(report.Fingerprint)).Append("</title><style>").Append(Style).Append("</style></head><body>\n");
        html.Append(CultureInfo.InvariantCulture, $"<h1>Features {Escape(report.Fingerprint)}</h1><p>{report.EventCount} events before {report.AsOf:u}");
        if (report.ComparedWithAsOf is { } earlier) html.Append(CultureInfo.InvariantCulture, $", compared with {earlier:u} (the line in the pictures); PSI from 0.1 on is marked, from 0.25 on strongly");
        html.Append("</p>\n");
        foreach (var block in report.Columns.GroupBy(c => c.Block)) Block(html, block.Key, [.. block], report.ComparedWithAsOf is not null);
        if (report.Tables.Count > 0) Tables(html, report.Tables);
        return html.Append("</body></html>\n").ToString();
    }

    private static void Block(StringBuilder html, string name, ReportedColumn[] columns, bool compared)
    {
        html.Append(CultureInfo.InvariantCulture, $"<h2>{Escape(name)} ({columns[0].Rows} rows)</h2>\n<table><tr><th>column</th><th>values</th><th>known</th><th>distinct</th><th>mean</th><th>deviation</th><th>5 %</th><th>median</th><th>95 %</th><th>top values</th>");
        html.Append(compared ? "<th>known before</th><th>PSI</th><th>KS</th><th>p</th></tr>\n" : "</tr>\n");
        foreach (var column in columns)
        {
            html.Append("<tr><td>").Append(Escape(column.Name)).Append("</td><td>").Append(ReportPicture.Of(column)).Append("</td>");
            Cell(html, ReportText.Percent(column.Coverage));
            Cell(html, column.Distinct.ToString(CultureInfo.InvariantCulture));
            Cell(html, ReportText.Number(column.Mean));
            Cell(html, ReportText.Number(column.Deviation));
            foreach (int quantile in (ReadOnlySpan<int>)[2, 4, 6]) Cell(html, column.QuantileValues.Count == 0 ? "" : ReportText.Number(column.QuantileValues[quantile]));
            html.Append("<td class=\"text\">").AppendJoin(", ", column.TopValues.Take(5).Select(v => Escape(string.Create(CultureInfo.InvariantCulture, $"{v.Value}: {v.Count}"))));
            if (column.Collisions is { } collisions) Collisions(html, collisions);
            html.Append("</td>");
            if (compared) Drift(html, column.Drift);
            html.Append("</tr>\n");
        }

        html.Append("</table>\n");
    }

    private static void Collisions(StringBuilder html, HashCollisions collisions)
    {
        html.Append("<br/>").Append(Escape(ReportText.Of(collisions)));
        foreach (var group in collisions.Examples) html.Append("<br/>{").Append(Escape(string.Join(", ", group))).Append('}');
    }

    private static void Drift(StringBuilder html, ColumnDrift? drift)
    {
        Cell(html, drift is null ? "" : ReportText.Percent(1 - drift.MissingShareBefore));
        html.Append(drift?.Psi switch { >= 0.25 => "<td class=\"much\">", >= 0.1 => "<td class=\"some\">", _ => "<td>" }).Append(ReportText.Number(drift?.Psi)).Append("</td>");
        Cell(html, ReportText.Number(drift?.Ks));
        Cell(html, ReportText.Number(drift?.KsPValue));
    }

    private static void Tables(StringBuilder html, IReadOnlyList<SharedTable> tables)
    {
        html.Append("<h2>embedding tables</h2>\n<table><tr><th>table</th><th>rows</th><th>columns</th><th>parameters</th><th>unshared</th><th>used by</th></tr>\n");
        foreach (var table in tables)
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{Escape(table.Name)}</td><td>{table.Rows}</td><td>{table.Columns}</td><td>{table.Parameters}</td><td>{table.ParametersUnshared}</td><td class=\"text\">{Escape(string.Join(", ", table.Uses))}</td></tr>\n");
        html.Append("</table>\n<p>").Append(Escape(ReportText.TableSum(tables))).Append("</p>\n");
    }

    private static void Cell(StringBuilder html, string text) => html.Append("<td>").Append(Escape(text)).Append("</td>");

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
