using System.CommandLine;
using LineRec.Recipes;

namespace LineRec.Cli.Verbs;

/// <summary>Verbs that make some of the pipeline's steps, and those that they need, in a folder of 'pipeline run': <c>train two-tower</c>, <c>train ranker</c>, <c>bundle</c>.</summary>
internal static class StepsVerb
{
    /// <summary>Trains a model.</summary>
    public static Command Train(Terminal terminal) => new("train", "Trains models from a log.")
    {
        Create(terminal, "two-tower", "train two-tower", "Trains the two-tower and embeds all items: vectors, tables and graphs.", TwoTowerStep.StepName),
        Create(terminal, "ranker", "train ranker", "Replays the requests of the past and trains the rankers on what they saw.", RankersStep.StepName),
    };

    /// <summary>Puts a bundle together.</summary>
    public static Command Bundle(Terminal terminal) => Create(terminal, "bundle", "bundle", "Puts a bundle together, where no host looks: 'publish' hands it out, 'evaluate' and 'serve' try it.", BundleStep.StepName);

    /// <summary>What was done about each step, a line a step.</summary>
    public static string Describe(RunOutcome outcome) => string.Join(
        Environment.NewLine, outcome.Steps.Select(s => s.Ran ? FormattableString.Invariant($"{outcome.Date} {s.Step,-13} made in {s.Seconds:0.0} s ({s.Reason})") : $"{outcome.Date} {s.Step,-13} unchanged"));

    private static Command Create(Terminal terminal, string name, string verb, string does, string step)
    {
        var data = CommonOptions.Data();
        var output = CommonOptions.Out($"The folder of 'pipeline run', or a new one: the result lies in runs/DATE/{step}.");
        var config = CommonOptions.Config();
        var date = CommonOptions.Date("--date", "The logical date: the last day, UTC, that the run looks at. Default: the log's last day.");
        var exposures = CommonOptions.Exposures();
        var json = CommonOptions.Json();
        var command = new Command(name, $"""
            {does} The pipeline's own step, and those that it needs where they aren't done. A second run does nothing anew; a killed one goes on from the step that it was at.
            With tracking.uri in the configuration a training is tracked: a folder such as mlruns, or an MLflow server.

            Examples:
              linerec {verb} --data log --out shop
              linerec {verb} --data log --out shop --config linerec.yaml --date 2026-01-31 --json
            """) { data, output, exposures, config, date, json };
        terminal.SetAction(command, (parsed, cancellationToken) =>
        {
            var outcome = new PipelineRunner(CommonOptions.Run(parsed, data, output, config, date, exposures), terminal.Progress()).RunUpTo([step], cancellationToken);
            terminal.Write(parsed.GetValue(json), outcome, $"{Describe(outcome)}{Environment.NewLine}{outcome.Steps[^1].Folder}");
            return ExitCode.Done;
        });
        return command;
    }
}
