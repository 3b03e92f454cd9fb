using System.Globalization;

namespace LineRec.Recipes;

/// <summary>Puts the bundle, as it would serve, to the test on what happened after the split: against tuned baselines and the champion of the days before.</summary>
internal sealed class EvaluateStep() : PipelineStep(StepName, "judges the bundle on the last window, against baselines and the champion", ProfileStep.StepName, BundleStep.StepName)
{
    public const string StepName = "evaluate";

    /// <summary>What the champion is called in reports.</summary>
    public const string Champion = "champion";

    /// <summary>The report.</summary>
    public const string ReportFile = "evaluation.json";

    public override IReadOnlyList<string> Settings => ["window_days", "learning_windows", "task", "target"];

    public override IEnumerable<(string Name, string Value)> OtherInputs(PipelineRun run) =>
        [("champion", BundleRegistry.Read(run.Bundles).ChampionBefore(run.Date) is { } champion ? $"{champion.Version} {champion.Fingerprint}" : "none")];

    public override void Run(StepContext context)
    {
        var (data, console) = (context.Data, context.Console);
        var dataset = data.Dataset(LogProfile.Read(context));
        var quality = new ShopQuality(dataset, data.Catalog, data.History);
        string task = dataset.Tasks[0];
        int cases = quality.TestCases(task).Count;
        if (cases == 0 || quality.Cases(task, dataset.ValidationStart).Count == 0)
            throw new RecipeException(RecipeFault.Input, $"Nobody turned to an item that task '{task}' asks for in one of the last two windows of {dataset.Window.TotalDays:0} days. Raise window_days, or choose task 'all'.");
        var baselines = console.Step($"Tune the baselines of '{task}'", _ => quality.TuneBaselines(task));
        using var candidate = Open(context.OutputOf(BundleStep.StepName), dataset, data, task, rules: true);
        var registered = BundleRegistry.Read(context.Run.Bundles).ChampionBefore(context.Run.Date);
        using var champion = registered is null ? null : Open(Path.Combine(context.Run.Bundles, registered.Version), dataset, data, task, rules: false);
        IRankedSystem[] others = champion is null ? [] : [Ask(champion, ShopPlacements.Of(task), data.Catalog)];
        var report = console.Step($"Judge task '{task}'", progress => quality.Evaluate(task, candidate, baselines, done => progress.Report((double)done / cases), others));
        RecipeJson.Write(Path.Combine(context.Directory, ReportFile), report);
        foreach (var row in report.Quality) console.Say(string.Create(CultureInfo.InvariantCulture, $"  {row.System}: Recall@{report.K} {row.Recall.Value:0.0000}, NDCG@{report.K} {row.Ndcg.Value:0.0000}"));
    }

    private static Recommender Open(string bundle, ShopDataset dataset, RunData data, string task, bool rules)
    {
        var snapshot = BundleReader.Open(bundle);
        var histories = new InMemoryUserHistoryStore();
        histories.Load(data.History, data.Catalog);
        var builder = new RecommenderBuilder(new CaptureServices()).UseHistories(histories);
        new ShopPlacements(dataset.Target, snapshot.Catalog).AddOffline(builder, task, ShopPlacements.RankersOf(snapshot), rules);
        return builder.Build(snapshot);
    }

    /// <summary>Another bundle as a system: its rows are those of its own catalog, so its answers are read by id.</summary>
    private static RankedSystem Ask(Recommender recommender, string placement, Catalog catalog) => new(Champion, (question, rows) =>
    {
        var answer = recommender.RecommendAsync(new() { Placement = placement, UserId = question.UserId, Time = question.Time, Take = rows.Length, AnchorItemIds = question.AnchorItemIds, Seed = 1 });
        var slate = answer.IsCompletedSuccessfully ? answer.Result : answer.AsTask().GetAwaiter().GetResult();
        int count = 0;
        foreach (var item in slate.Items)
        {
            if (catalog.TryGetRow(item.ItemId, out int row) && Array.BinarySearch(question.ExcludedRows, row) < 0) rows[count++] = row;
        }

        return count;
    });
}
