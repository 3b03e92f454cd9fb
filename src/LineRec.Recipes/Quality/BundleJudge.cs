using LineRec.Features;

namespace LineRec.Recipes;

/// <summary>Puts a bundle, as it would serve, to the quality protocol on what happened after the split: against tuned baselines and against another bundle.</summary>
/// <param name="dataset">How the log is split.</param>
/// <param name="data">The log.</param>
/// <param name="console">Shows progress.</param>
internal sealed class BundleJudge(ShopDataset dataset, RunData data, RunConsole console)
{
    /// <summary>What the other bundle is called in reports.</summary>
    public const string Champion = "champion";

    /// <summary>The parts of the cases that are looked at by themselves have so many of them at the least: fewer say nothing.</summary>
    public const int LeastSliceCases = 30;

    /// <summary>A placement is asked for so many cases at the most, evenly chosen.</summary>
    private const int MostPlacementCases = 2_000;

    private readonly ShopQuality _quality = new(dataset, data.Catalog, data.History);
    private readonly string _task = dataset.Tasks[0];
    private InMemoryUserHistoryStore? _histories;

    /// <summary>Judges a bundle.</summary>
    /// <param name="bundle">The bundle's folder.</param>
    /// <param name="champion">The folder of the bundle to compare with; null: none.</param>
    /// <exception cref="RecipeException">There are no cases, or a bundle knows the days that it is to be judged by.</exception>
    public EvaluationReport Judge(string bundle, string? champion)
    {
        int cases = _quality.TestCases(_task).Count;
        if (cases == 0 || _quality.Cases(_task, dataset.ValidationStart).Count == 0)
            throw new RecipeException(RecipeFault.Input, $"Nobody turned to an item that task '{_task}' asks for in one of the last two windows of {dataset.Window.TotalDays:0} days. Raise window_days, or choose task 'all'.");
        var baselines = console.Step($"Tune the baselines of '{_task}'", _ => _quality.TuneBaselines(_task));
        string placement = ShopPlacements.Of(_task);
        using var candidate = Open(bundle, [placement], rules: true);
        using var other = champion is null ? null : Open(champion, [placement], rules: false);
        IRankedSystem[] others = other is null ? [] : [Ask(other, placement)];
        return console.Step($"Judge task '{_task}'", progress => _quality.Evaluate(_task, candidate, baselines, done => progress.Report((double)done / cases), others));
    }

    /// <summary>Compares two bundles on parts of the cases: at each placement with a ranker of its own, for users with few events and for the others.</summary>
    /// <param name="bundle">The bundle's folder.</param>
    /// <param name="champion">The folder of the bundle to compare with.</param>
    /// <param name="newUserEvents">Up to so many events a user is new.</param>
    public IReadOnlyList<SliceReport> Slice(string bundle, string champion, int newUserEvents)
    {
        var cases = _quality.TestCases(_task);
        string placement = ShopPlacements.Of(_task);
        string[] placements = [.. ShopPlacements.Ranked.Union([placement])];
        using var candidate = Open(bundle, placements, rules: true);
        using var other = Open(champion, placements, rules: false);
        int stride = (cases.Count + MostPlacementCases - 1) / MostPlacementCases;
        EvaluationCase[] sample = [.. cases.Where((_, i) => i % stride == 0)];
        (string Slice, string Placement, EvaluationCase[] Cases)[] slices =
        [
            .. ShopPlacements.Ranked.Select(p => ($"placement {p}", p, sample)),
            ("new users", placement, [.. cases.Where(c => c.HistoryRows.Length <= newUserEvents)]),
            ("known users", placement, [.. cases.Where(c => c.HistoryRows.Length > newUserEvents)]),
        ];
        return console.Step("Judge slices", progress => slices.Where(s => s.Cases.Length >= LeastSliceCases).Select((s, i) =>
        {
            progress.Report((double)i / slices.Length);
            return new SliceReport(s.Slice, OfflineEvaluation.Run(_task, data.Catalog, s.Cases, [Ask(other, s.Placement)], new PipelineSystem(candidate, s.Placement, data.Catalog)));
        }).ToList());
    }

    private Recommender Open(string bundle, IEnumerable<string> placements, bool rules)
    {
        RequireInnocent(bundle);
        if (_histories is null)
        {
            _histories = new InMemoryUserHistoryStore();
            _histories.Load(data.History, data.Catalog);
        }

        return OfflineRecommender.Open(bundle, dataset.Target, _histories, placements, rules);
    }

    /// <summary>A bundle that was fitted to the test's days would be flattered.</summary>
    private void RequireInnocent(string bundle)
    {
        string folder = BundleRoot.Resolve(bundle);
        if (!File.Exists(Path.Combine(folder, BundleDefaults.FeaturesFile))) return;
        using var features = FittedFeatures.Load(folder);
        if (features.AsOf <= dataset.Split) return;
        throw new RecipeException(
            RecipeFault.Input,
            $"Bundle '{folder}' knows the log up to {features.AsOf:yyyy-MM-dd HH:mm}, and the test begins at {dataset.Split:yyyy-MM-dd HH:mm}: its figures would flatter it. Give a later --date, or a bundle that was trained on less.");
    }

    /// <summary>Another bundle as a system: its rows are those of its own catalog, so its answers are read by id.</summary>
    private RankedSystem Ask(Recommender recommender, string placement) => new(Champion, (question, rows) =>
    {
        var answer = recommender.RecommendAsync(new() { Placement = placement, UserId = question.UserId, Time = question.Time, Take = rows.Length, AnchorItemIds = question.AnchorItemIds, Seed = 1 });
        var slate = answer.IsCompletedSuccessfully ? answer.Result : answer.AsTask().GetAwaiter().GetResult();
        int count = 0;
        foreach (var item in slate.Items)
        {
            if (data.Catalog.TryGetRow(item.ItemId, out int row) && Array.BinarySearch(question.ExcludedRows, row) < 0) rows[count++] = row;
        }

        return count;
    });
}
