using System.Globalization;

namespace LineRec.Recipes;

/// <summary>Puts the bundle, as it would serve, to the test on what happened after the split: against tuned baselines and the champion of the days before.</summary>
internal sealed class EvaluateStep() : PipelineStep(StepName, "judges the bundle on the last window, against baselines and the champion", ProfileStep.StepName, BundleStep.StepName)
{
    public const string StepName = "evaluate";

    /// <summary>The report.</summary>
    public const string ReportFile = "evaluation.json";

    /// <summary>How the bundle and the champion do on parts of the cases; an empty list without a champion.</summary>
    public const string SlicesFile = "slices.json";

    public override IReadOnlyList<string> Settings => ["window_days", "learning_windows", "task", "target", "gate.new_user_events"];

    public override IEnumerable<(string Name, string Value)> OtherInputs(PipelineRun run) =>
        [("champion", BundleRegistry.Read(run.Bundles).ChampionBefore(run.Date) is { } champion ? $"{champion.Version} {champion.Fingerprint}" : "none")];

    public override void Run(StepContext context)
    {
        var judge = new BundleJudge(context.Data.Dataset(LogProfile.Read(context)), context.Data, context.Console);
        string candidate = context.OutputOf(BundleStep.StepName);
        string? champion = BundleRegistry.Read(context.Run.Bundles).ChampionBefore(context.Run.Date) is { } registered ? Path.Combine(context.Run.Bundles, registered.Version) : null;
        var report = judge.Judge(candidate, champion);
        RecipeJson.Write(Path.Combine(context.Directory, ReportFile), report);
        IReadOnlyList<SliceReport> slices = champion is null ? [] : judge.Slice(candidate, champion, context.Settings.NewUserEvents);
        RecipeJson.Write(Path.Combine(context.Directory, SlicesFile), slices);
        foreach (var row in report.Quality) context.Console.Say(string.Create(CultureInfo.InvariantCulture, $"  {row.System}: Recall@{report.K} {row.Recall.Value:0.0000}, NDCG@{report.K} {row.Ndcg.Value:0.0000}"));
    }
}
