using System.Globalization;
using System.Net;
using System.Text;

namespace LineRec.Tracking;

/// <summary>Writes a comparison as a page: styles and pictures are inside, texts are escaped.</summary>
internal static class RunsReportHtml
{
    private const string Style = """
        body{font:14px/1.4 system-ui,sans-serif;margin:2em;color:#222}table{border-collapse:collapse;margin:.5em 0 2em}
        th,td{padding:.25em .7em;border-bottom:1px solid #ddd;text-align:right;vertical-align:top;max-width:28em;overflow-wrap:anywhere}
        th:first-child,td:first-child{text-align:left}tr.differs{background:#fff3c4}.best{background:#dff3df}.why{max-width:60em}img{margin:.5em;border:1px solid #ddd}
        """;

    public static string Write(RunsComparison comparison, RunsReportOptions options)
    {
        var html = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/><title>");
        html.Append(Text(options.Title)).Append("</title><style>").Append(Style).Append("</style></head><body>\n<h1>").Append(Text(options.Title)).Append("</h1>\n");
        html.Append("<h2>The best run</h2>\n<p class=\"why\">").Append(Text(comparison.Why)).Append("</p>\n");
        Summary(html, comparison, options);
        Curves(html, comparison.Ranked, options);
        Parameters(html, comparison);
        Metrics(html, comparison);
        Data(html, comparison);
        return html.Append("</body></html>\n").ToString();
    }

    private static void Summary(StringBuilder html, RunsComparison comparison, RunsReportOptions options)
    {
        html.Append("<table><tr><th>run</th><th>").Append(Text(options.Metric)).Append("</th><th>status</th><th>started (UTC)</th><th>took</th><th>id</th></tr>\n");
        foreach (var run in comparison.Ranked)
        {
            html.Append(run == comparison.Best ? "<tr class=\"best\">" : "<tr>");
            Cells(html, [run.RunName, Figure(run.Last(options.Metric)), run.Status.ToString(), run.StartTime.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), run.EndTime is { } end ? (end - run.StartTime).ToString(@"d\.hh\:mm\:ss", CultureInfo.InvariantCulture) : "", run.RunId]);
        }

        html.Append("</table>\n");
    }

    private static void Curves(StringBuilder html, IReadOnlyList<RunRecord> runs, RunsReportOptions options)
    {
        var curves = options.Curves ?? [.. runs.SelectMany(r => r.Metrics).Where(m => m.Value.Select(p => p.Step).Distinct().Count() > 1).Select(m => m.Key).Distinct().Order(StringComparer.Ordinal)];
        if (curves.Count > 0) html.Append("<h2>Curves</h2>\n");
        foreach (string metric in curves) html.Append("<img alt=\"").Append(Text(metric)).Append("\" src=\"").Append(RunsCurves.DataUri(metric, runs)).Append("\"/>\n");
    }

    private static void Parameters(StringBuilder html, RunsComparison comparison) => Table(
        html, "Parameters (those that differ are marked)", comparison, comparison.Ranked.SelectMany(r => r.Params.Keys),
        (run, key) => run.Params.GetValueOrDefault(key) ?? "", comparison.DifferingParams.Contains);

    private static void Metrics(StringBuilder html, RunsComparison comparison) => Table(
        html, "Last figures", comparison, comparison.Ranked.SelectMany(r => r.Metrics.Keys), (run, key) => Figure(run.Last(key)), _ => false);

    private static void Data(StringBuilder html, RunsComparison comparison) => Table(
        html, "Data read", comparison, comparison.Ranked.SelectMany(r => r.Inputs).Select(i => i.Name),
        (run, name) => string.Join(", ", run.Inputs.Where(i => i.Name == name).Select(i => i.Digest)), name => comparison.Ranked.Select(r => string.Join(',', r.Inputs.Where(i => i.Name == name).Select(i => i.Digest))).Distinct().Count() > 1);

    private static void Table(StringBuilder html, string title, RunsComparison comparison, IEnumerable<string> keys, Func<RunRecord, string, string> value, Func<string, bool> marked)
    {
        string[] rows = [.. keys.Distinct().Order(StringComparer.Ordinal)];
        if (rows.Length == 0) return;
        html.Append("<h2>").Append(Text(title)).Append("</h2>\n<table><tr><th></th>");
        foreach (var run in comparison.Ranked) html.Append(run == comparison.Best ? "<th class=\"best\">" : "<th>").Append(Text(run.RunName)).Append("</th>");
        html.Append("</tr>\n");
        foreach (string key in rows)
        {
            html.Append(marked(key) ? "<tr class=\"differs\">" : "<tr>");
            Cells(html, [key, .. comparison.Ranked.Select(run => value(run, key))]);
        }

        html.Append("</table>\n");
    }

    private static void Cells(StringBuilder html, IEnumerable<string> cells)
    {
        foreach (string cell in cells) html.Append("<td>").Append(Text(cell)).Append("</td>");
        html.Append("</tr>\n");
    }

    private static string Figure(double value) => double.IsNaN(value) ? "" : RunsComparison.Number(value);

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
