using System.CommandLine;
using System.Globalization;
using LineRec.Data;

namespace LineRec.Cli.Verbs;

/// <summary><c>linerec report</c>: what each placement was worth.</summary>
internal static class ReportVerb
{
    private static readonly string[] Columns = ["placement", "bundle", "requests", "impressions", "clicks", "ctr", "95 % interval", "orders", "gmv"];

    public static Command Create(Terminal terminal)
    {
        var exposures = new Option<string>("--exposures") { Description = "The compacted exposure log (see 'linerec exposures compact').", Required = true };
        var data = CommonOptions.Data();
        var from = CommonOptions.Date("--from", "The first day of exposures, UTC. Default: all.");
        var to = CommonOptions.Date("--to", "The last day of exposures, UTC. Default: all.");
        var json = CommonOptions.Json();
        var command = new Command("report", """
            Reports impressions, clicks, CTR, orders and GMV by placement and by bundle: exposures joined to the clicks and purchases that carry their attribution id as request_id.

            Examples:
              linerec report --exposures /srv/exposures --data /srv/log
              linerec report --exposures /srv/exposures --data /srv/log --from 2026-01-01 --to 2026-01-31 --json
            """) { exposures, data, from, to, json };
        terminal.SetAction(command, (parsed, _) =>
        {
            var log = ShopLog.Open(parsed.GetValue(data)!);
            var shown = new ExposureReader(parsed.GetValue(exposures)!).Read(Midnight(parsed.GetValue(from)), Midnight(parsed.GetValue(to)?.AddDays(1)), features: false);
            var report = ExposureReport.Create(shown, RequestOutcomes.Read(log.Events));
            terminal.Write(parsed.GetValue(json), report, Describe(report));
            return ExitCode.Done;
        });
        return command;
    }

    private static DateTimeOffset? Midnight(DateOnly? date) => date is { } day ? new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero) : null;

    private static string Describe(ExposureReport report)
    {
        var rows = new List<string[]> { Columns };
        foreach (var placement in report.Placements)
        {
            rows.Add(Row(placement, placement.Placement, "all"));
            rows.AddRange(report.Bundles.Where(b => b.Placement == placement.Placement).Select(b => Row(b, "", b.BundleVersion!)));
        }

        int[] widths = [.. Columns.Index().Select(c => rows.Max(r => r[c.Index].Length))];
        var lines = rows.Select(row => string.Join("  ", row.Select((text, i) => i < 2 ? text.PadRight(widths[i]) : text.PadLeft(widths[i]))).TrimEnd());
        return string.Join(Environment.NewLine, lines.Append(FormattableString.Invariant($"not among these exposures: {report.UnknownClicks} clicked items, {report.UnknownOrders} orders")));
    }

    private static string[] Row(PlacementFigures f, string placement, string bundle) =>
    [
        placement, bundle, Text($"{f.Requests}"), Text($"{f.Impressions}"), Text($"{f.Clicks}"), Text($"{f.Ctr:0.0000}"), Text($"{f.CtrLow:0.0000} - {f.CtrHigh:0.0000}"), Text($"{f.Orders}"), Text($"{f.Gmv:0.00}"),
    ];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
