using System.CommandLine;
using System.Globalization;
using LineRec.Recipes;

namespace LineRec.Cli.Verbs;

/// <summary><c>linerec sweep</c>: tries combinations of settings and writes the best as a configuration file.</summary>
internal static class SweepVerb
{
    private const int Shown = 10;

    public static Command Create(Terminal terminal)
    {
        var data = CommonOptions.Data();
        var output = CommonOptions.Out("The sweep's folder: what is done is kept here, and best.yaml.");
        var config = CommonOptions.Config();
        var date = CommonOptions.Date("--date", "The logical date: the last day, UTC, that the sweep looks at. Default: the log's last day.");
        var json = CommonOptions.Json();
        var command = new Command("sweep", """
            Tries combinations of settings of the two-tower or the rankers, drawn from the ranges that the configuration declares, and writes the best as a configuration file.
            The test's days aren't looked at. A killed sweep goes on with the training that it was at; a finished training is never done again; raising sweep.trials makes a sweep longer.

            In the configuration:
              sweep:
                model: two_tower
                trials: 27
                ranges:
                  two_tower.learning_rate: { log_uniform: [0.002, 0.1] }
                  two_tower.temperature: { uniform: [0.03, 0.2] }
                  two_tower.uniform_negatives: { integer: [256, 4096] }
                  two_tower.dimension: { choice: [32, 64, 128] }

            Examples:
              linerec sweep --config sweep.yaml --data log --out sweep
              linerec pipeline run --config sweep/best.yaml --data log --out shop
            """) { data, output, config, date, json };
        terminal.SetAction(command, (parsed, cancellationToken) =>
        {
            var outcome = Sweep.Run(CommonOptions.Run(parsed, data, output, config, date), terminal.Progress(), cancellationToken);
            terminal.Write(parsed.GetValue(json), outcome, Describe(outcome));
            return ExitCode.Done;
        });
        return command;
    }

    private static string Describe(SweepOutcome outcome)
    {
        var lines = outcome.Results.Take(Shown).Select(r => string.Create(
            CultureInfo.InvariantCulture, $"trial {r.Trial,4}  {r.Epochs,3} epochs  {outcome.Metric} {r.Score:0.0000}  {(r.Values.Count == 0 ? "as configured" : string.Join(", ", r.Values.Select(v => $"{v.Key} {v.Value}")))}"));
        string end = outcome.Best is null
            ? $"No training could be measured by {outcome.Metric}: the log is too short to hold a part back."
            : string.Create(CultureInfo.InvariantCulture, $"best: trial {outcome.Best.Trial}, {outcome.Metric} {outcome.Best.Score:0.0000}; its settings are in {outcome.Config} ({outcome.Begun} of {outcome.Results.Count} trainings done now)");
        return string.Join(Environment.NewLine, lines.Append(end));
    }
}
