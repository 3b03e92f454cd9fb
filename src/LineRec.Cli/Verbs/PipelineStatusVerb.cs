using System.CommandLine;
using LineRec.Recipes;

namespace LineRec.Cli.Verbs;

/// <summary><c>linerec pipeline status</c>: how one day's steps stand, and why.</summary>
internal static class PipelineStatusVerb
{
    public static Command Create(Terminal terminal)
    {
        var data = CommonOptions.Data();
        var output = CommonOptions.Out("The folder of 'pipeline run'.");
        var config = CommonOptions.Config();
        var date = CommonOptions.Date("--date", "The logical date. Default: the log's last day.");
        var exposures = CommonOptions.Exposures();
        var json = CommonOptions.Json();
        var command = new Command("status", """
            Says how each step stands: done, missing, stale (an input changed; which one), damaged, or waiting for another. Nothing is changed.

            Examples:
              linerec pipeline status --data log --out shop
              linerec pipeline status --data log --out shop --date 2026-01-31 --json
            """) { data, output, exposures, config, date, json };
        terminal.SetAction(command, (parsed, _) =>
        {
            var run = CommonOptions.Run(parsed, data, output, config, date, exposures);
            var statuses = new PipelineRunner(run, terminal.Progress()).Look();
            var registry = BundleRegistry.Read(run.Bundles);
            var result = new
            {
                Date = run.DateText,
                Champion = registry.Champion?.Version,
                Steps = statuses.Select(s => new { s.Step, s.State, s.Reason, s.Record?.StartedAt, s.Record?.Seconds }),
                registry.Bundles,
            };
            string[] lines = [.. statuses.Select(s => $"{run.DateText} {s.Step,-13} {s.State.ToString().ToLowerInvariant(),-8} {s.Reason}".TrimEnd()), $"champion: {registry.Champion?.Version ?? "none"}"];
            terminal.Write(parsed.GetValue(json), result, string.Join(Environment.NewLine, lines));
            return ExitCode.Done;
        });
        return command;
    }
}
