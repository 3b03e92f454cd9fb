using System.CommandLine;
using LineRec.Recipes;

namespace LineRec.Cli.Verbs;

/// <summary><c>linerec evaluate</c>: puts any bundle to the quality protocol.</summary>
internal static class EvaluateVerb
{
    public static Command Create(Terminal terminal)
    {
        var bundle = CommonOptions.Bundle();
        var data = CommonOptions.Data();
        var champion = new Option<string?>("--champion") { Description = "A second bundle to compare with, case by case." };
        var output = new Option<string?>("--out") { Description = "Write the report to this file, too, as JSON." };
        var config = CommonOptions.Config();
        var date = CommonOptions.Date("--date", "The last day, UTC, of the test. Default: the log's last day.");
        var json = CommonOptions.Json();
        var command = new Command("evaluate", """
            Asks a bundle, as it would serve, what the users of the log's last window turned to, and tuned baselines the same: Recall, NDCG, hit rate and MRR with 95 % intervals.
            A bundle that was trained on those days is refused, for its figures would flatter it.

            Examples:
              linerec evaluate --bundle shop/bundles --data log
              linerec evaluate --bundle shop/bundles/20260104-ab12cd34 --champion shop/bundles/20260103-12ab34cd --data log --out report.json
            """) { bundle, data, champion, output, config, date, json };
        terminal.SetAction(command, (parsed, _) =>
        {
            var settings = SettingsFile.Read(parsed.GetValue(config));
            var run = CommonOptions.Run(parsed.GetValue(data)!, "", parsed.GetValue(date), settings);
            var log = new RunData(run);
            var judge = new BundleJudge(log.Dataset(hasImpressions: false), log, terminal.Progress());
            var report = judge.Judge(parsed.GetValue(bundle)!, parsed.GetValue(champion));
            if (parsed.GetValue(output) is { } file) RecipeJson.Replace(file, report);
            terminal.Write(parsed.GetValue(json), report, string.Join(Environment.NewLine, QualityTable.Lines(report, settings.Metric)));
            return ExitCode.Done;
        });
        return command;
    }
}
