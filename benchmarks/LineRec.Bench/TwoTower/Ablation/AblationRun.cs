using System.Globalization;
using LineRec.Training;
using Spectre.Console;

using TwoTowerOptions = LineRec.Training.TwoTowerOptions;

namespace LineRec.Bench.TwoTower;

/// <summary>Trains each variant with each seed and prints the table.</summary>
internal sealed class AblationRun(AblationOptions options)
{
    private const int WidthWithoutTerminal = 200;
    private const int FewestColdItems = 300, FewestColdCases = 50; // a random hundred of fewer items is most of them

    public void Run()
    {
        if (!AnsiConsole.Profile.Capabilities.Interactive) AnsiConsole.Profile.Width = WidthWithoutTerminal;
        var variants = AblationVariants.Chosen(options);
        var log = AblationLog.Read(options);
        AnsiConsole.WriteLine($"{log.Name}: {log.Known.UserCount:N0} users, {log.Catalog.Count:N0} items, {log.Known.Count:N0} events before {log.Split:u}; {string.Join(", ", log.Tasks.Select(t => $"{t.Cases.Count:N0} cases of {t.Task}"))}");
        var judge = new AblationJudge(log);
        var cold = judge.ColdCases();
        AnsiConsole.WriteLine($"{log.ColdItems.Length:N0} items with no event before it, wanted by {cold.Count:N0} users");
        bool judgesCold = log.ColdItems.Length >= FewestColdItems && cold.Count >= FewestColdCases;
        var history = log.HasImpressions ? log.Known.Without(EventType.Impression) : log.Known;
        using var inputs = new AblationInputs(log, options);
        var training = new AblationTraining(history, log.Catalog, log.Split);
        var rows = new List<AblationRow>();
        foreach (var variant in variants.Where(v => inputs.Has(v.Features | v.NewItems)))
        {
            var features = inputs.Of(variant.Features);
            List<double> colds = [], seconds = [], requests = [], cosines = [];
            var recalls = log.Tasks.Select(_ => new List<double>()).ToArray();
            var ndcgs = log.Tasks.Select(_ => new List<double>()).ToArray();
            for (int seed = 1; seed <= options.Seeds; seed++)
            {
                var (model, took) = training.Train(variant, Base(log, seed), features, inputs.Of(variant.NewItems));
                using var _ = model;
                seconds.Add(took);
                if (model.Report.Continuation is { } found) cosines.Add(found.MeanCosine);
                requests.Add(UserTowerClock.Measure(model));
                for (int task = 0; task < log.Tasks.Count; task++)
                {
                    var (recall, ndcg) = AblationJudge.Judge(model, log.Tasks[task].Cases);
                    recalls[task].Add(recall);
                    ndcgs[task].Add(ndcg);
                }

                if (judgesCold) colds.Add(judge.JudgeCold(model, cold));
            }

            for (int task = 0; task < log.Tasks.Count; task++)
            {
                rows.Add(new AblationRow(variant.Name, log.Tasks[task].Task, AblationFigure.Of(recalls[task]), AblationFigure.Of(ndcgs[task]), judgesCold ? AblationFigure.Of(colds) : null, AblationFigure.Of(seconds), AblationFigure.Of(requests), cosines.Count > 0 ? AblationFigure.Of(cosines) : null));
                Print(rows[^1]);
            }
        }

        var report = new AblationReport { Log = log.Name, Options = options with { Data = null, TextModel = null, TextCache = null, Json = null }, ColdItems = log.ColdItems.Length, ColdCases = cold.Count, RandomColdRecall = judge.RandomCold, Rows = rows };
        if (judgesCold) AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture, $"A random hundred of the items with no event: {judge.RandomCold:0.0000}"));
        if (options.Json is { } json) report.Save(json);
    }

    private static void Print(AblationRow row) => AnsiConsole.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"| {row.Variant} | {row.Task} | {row.Recall} | {row.Ndcg} | {row.ColdRecall?.ToString() ?? "–"} | {row.Seconds.Mean:0} s | {row.RequestMicroseconds.Mean:0} µs | {row.Cosine?.ToString() ?? "–"} |"));

    // The shop sample's settings.
    private TwoTowerOptions Base(AblationLog log, int seed) => new()
    {
        Seed = seed, Epochs = options.Epochs, Patience = 2, UniformNegatives = 1024, MaxValidationExamples = 1_500, PopularityExponents = [0, 0.05, 0.1, 0.2], PositiveWeights = log.PositiveWeights,
        RetrainOnAll = false,
    };
}
