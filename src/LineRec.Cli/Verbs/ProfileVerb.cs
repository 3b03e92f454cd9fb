using System.CommandLine;
using System.Globalization;
using LineRec.Features;
using LineRec.Recipes;

namespace LineRec.Cli.Verbs;

/// <summary><c>linerec profile</c>: what a log holds, and how far it has moved from an earlier period.</summary>
internal static class ProfileVerb
{
    public static Command Create(Terminal terminal)
    {
        var data = CommonOptions.Data();
        var date = CommonOptions.Date("--date", "The last day, UTC, of the period. Default: the log's last day.");
        var days = new Option<int?>("--days") { Description = "Days of a period. Default: half of the log's, 28 at the most." };
        var against = CommonOptions.Date("--against", "The last day of the earlier period. Default: the day before the period.");
        var html = new Option<string?>("--html") { Description = "Write the report as a page with pictures to this file." };
        var most = new Option<double?>("--max-psi") { Description = "Refuse (exit code 3) where a column's population stability index is over this; 0.25 is called a large change." };
        var config = CommonOptions.Config();
        var json = CommonOptions.Json();
        days.Validators.Add(result =>
        {
            if (result.GetValue(days) is < 1) result.AddError("--days must be 1 or more.");
        });
        var command = new Command("profile", """
            Counts a log's events by type, day and placement, tells what is missing, and compares the features of two periods column by column: coverage, quantiles, frequent values and drift.

            Examples:
              linerec profile --data log
              linerec profile --data log --days 7 --html profile.html
              linerec profile --data log --date 2026-01-31 --against 2025-01-31 --days 28 --max-psi 0.25 --json
            """) { data, date, days, against, html, most, config, json };
        terminal.SetAction(command, (parsed, _) =>
        {
            var run = CommonOptions.Run(parsed.GetValue(data)!, "", parsed.GetValue(date), SettingsFile.Read(parsed.GetValue(config)));
            var log = new RunData(run);
            var console = terminal.Progress();
            var (profile, _) = console.Step("Count the log", _ => ProfileStep.Count(run, log));
            var periods = LogPeriods.Of(run, profile.First, parsed.GetValue(days), parsed.GetValue(against));
            var report = console.Step("Compare the periods", _ => periods.Compare(log, profile));
            if (parsed.GetValue(html) is { } page) TextFile.Replace(page, report.ToHtml());
            string[] missing = [.. MissingDays(profile)];
            terminal.Write(parsed.GetValue(json), new { Log = profile, MissingDays = missing, Periods = periods, Features = report }, string.Join(Environment.NewLine, Lines(profile, missing, periods).Append(report.ToText())));
            var moved = report.Columns.Where(c => c.Drift?.Psi > parsed.GetValue(most)).ToList();
            return moved.Count == 0 ? ExitCode.Done : throw new RecipeException(RecipeFault.Refused, $"Over --max-psi: {string.Join(", ", moved.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Block} {c.Name} ({c.Drift!.Psi:0.000})")))}.");
        });
        return command;
    }

    private static IEnumerable<string> MissingDays(LogProfile profile)
    {
        var last = DateOnly.FromDateTime(profile.Last.UtcDateTime);
        for (var day = DateOnly.FromDateTime(profile.First.UtcDateTime); day <= last; day = day.AddDays(1))
        {
            if (!profile.Days.ContainsKey(PipelineRun.Text(day))) yield return PipelineRun.Text(day);
        }
    }

    private static IEnumerable<string> Lines(LogProfile profile, string[] missing, LogPeriods periods)
    {
        var culture = CultureInfo.InvariantCulture;
        yield return string.Create(culture, $"{profile.First:yyyy-MM-dd HH:mm} to {profile.Last:yyyy-MM-dd HH:mm}: {profile.Events.Values.Sum():N0} events of {profile.Users:N0} users; {profile.Items:N0} items");
        yield return string.Join(", ", profile.Events.Select(e => string.Create(culture, $"{e.Key.ToLowerInvariant()} {e.Value:N0}")));
        yield return string.Create(culture, $"events of items that the catalog doesn't hold: {profile.EventsOfUnknownItems:N0}");
        yield return missing.Length == 0 ? "no day is missing" : $"days without an event: {string.Join(", ", missing)}";
        yield return string.Create(culture, $"compared: {periods.From:yyyy-MM-dd} to {periods.To.AddDays(-1):yyyy-MM-dd} with {periods.EarlierFrom:yyyy-MM-dd} to {periods.EarlierTo.AddDays(-1):yyyy-MM-dd}");
    }
}
