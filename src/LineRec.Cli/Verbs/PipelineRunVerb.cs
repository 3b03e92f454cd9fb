using System.CommandLine;
using LineRec.Recipes;

namespace LineRec.Cli.Verbs;

/// <summary><c>linerec pipeline run</c>: makes what isn't done of one day's steps.</summary>
internal static class PipelineRunVerb
{
    public static Command Create(Terminal terminal)
    {
        var data = CommonOptions.Data();
        var output = CommonOptions.Out("The folder for results: bundles/ is what hosts follow, runs/ holds each day's steps.");
        var config = CommonOptions.Config();
        var date = CommonOptions.Date("--date", "The logical date: the last day, UTC, that the run looks at. Default: the log's last day.");
        var step = new Option<string?>("--step") { Description = "Only this step, as a scheduler runs it; the steps that it needs must be done." };
        step.AcceptOnlyFromAmong([.. PipelineGraph.Steps.Select(s => s.Name)]);
        var exposures = CommonOptions.Exposures();
        var json = CommonOptions.Json();
        var command = new Command("run", $"""
            Makes the steps that aren't done: never finished, made from other inputs (log, settings, code), or damaged since. A second run does nothing anew; a killed one
            goes on from the step that it was at.

            Steps:
            {string.Join("\n", PipelineGraph.Steps.Select(s => $"  {s.Name,-13} {s.Description}"))}

            Examples:
              linerec pipeline run --data log --out shop
              linerec pipeline run --data log --out shop --config linerec.yaml --date 2026-01-31
              linerec pipeline run --data log --out shop --exposures exposures
              linerec pipeline run --data log --out shop --date 2026-01-31 --step rankers --json
            """) { data, output, exposures, config, date, step, json };
        terminal.SetAction(command, (parsed, cancellationToken) =>
        {
            var run = CommonOptions.Run(parsed, data, output, config, date, exposures);
            var outcome = new PipelineRunner(run, terminal.Progress()).Run(parsed.GetValue(step), cancellationToken);
            terminal.Write(parsed.GetValue(json), outcome, StepsVerb.Describe(outcome));
            return outcome.Refusal is null ? ExitCode.Done : throw new RecipeException(RecipeFault.Refused, outcome.Refusal);
        });
        return command;
    }
}
