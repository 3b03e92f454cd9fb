using System.CommandLine;
using System.Globalization;
using LineRec.Recipes;
using LineRec.Tracking;

namespace LineRec.Cli.Verbs;

/// <summary><c>linerec runs</c>: lists and compares tracked trainings.</summary>
internal static class RunsVerb
{
    private static readonly string[] Decisive = [SweepRunner.SweepMetric, "validation_recall", "auc"];

    public static Command Create(Terminal terminal)
    {
        var uri = new Option<string?>("--tracking") { Description = "The folder or MLflow server. Default: tracking.uri of the configuration." };
        var experiment = new Option<string?>("--experiment") { Description = "The experiment. Default: tracking.experiment of the configuration." };
        var metric = new Option<string?>("--metric") { Description = $"The metric that decides. Default: the first that a run has of {string.Join(", ", Decisive)}." };
        var lower = new Option<bool>("--lower") { Description = "A lower figure of it is better, as with a loss." };
        var html = new Option<string?>("--html") { Description = "Write a page that compares them to this file: curves, parameters side by side, which is best and why." };
        var config = CommonOptions.Config();
        var json = CommonOptions.Json();
        var command = new Command("runs", """
            Lists the trainings that were tracked, the best first, and says why it is best.

            Examples:
              linerec runs --tracking mlruns --experiment linerec
              linerec runs --config linerec.yaml --metric epoch/loss --lower --html runs.html
            """) { uri, experiment, metric, lower, html, config, json };
        terminal.SetAction(command, (parsed, cancellationToken) =>
        {
            var settings = SettingsFile.Read(parsed.GetValue(config));
            string from = parsed.GetValue(uri) ?? settings.TrackingUri, name = parsed.GetValue(experiment) ?? settings.Experiment;
            if (from.Length == 0) throw new RecipeException(RecipeFault.Input, "There is nowhere to look: give --tracking a folder or a server, or --config a file with tracking.uri.");
            if (!from.Contains("://", StringComparison.Ordinal) && !Directory.Exists(from)) throw new RecipeException(RecipeFault.Input, $"There is no folder '{from}'. Correct --tracking; a training with that tracking.uri creates it.");
            using var tracker = RunTracking.Open(from);
            var runs = tracker.ReadRunsAsync(name, cancellationToken).GetAwaiter().GetResult();
            string by = parsed.GetValue(metric) ?? Decisive.FirstOrDefault(m => runs.Any(r => r.Metrics.ContainsKey(m))) ?? Decisive[0];
            var compared = new RunsComparison(runs, by, !parsed.GetValue(lower));
            if (parsed.GetValue(html) is { } page) RunsReport.Write(page, runs, new RunsReportOptions { Metric = by, HigherIsBetter = !parsed.GetValue(lower), Title = name });
            var result = new
            {
                Experiment = name,
                Metric = by,
                Best = compared.Best?.RunId,
                compared.Why,
                compared.DifferingParams,
                Runs = compared.Ranked.Select(r => new { r.RunId, r.RunName, r.Status, r.StartTime, r.EndTime, Figure = r.Last(by), r.Params, Metrics = r.Metrics.ToDictionary(m => m.Key, m => r.Last(m.Key)) }),
            };
            var lines = compared.Ranked.Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.RunId}  {r.StartTime:yyyy-MM-dd HH:mm}  {r.Status.ToString().ToLowerInvariant(),-9}  {by} {r.Last(by):0.0000}  {r.RunName}"));
            terminal.Write(parsed.GetValue(json), result, string.Join(Environment.NewLine, lines.Append(compared.Why)));
            return ExitCode.Done;
        });
        return command;
    }
}
