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
        using var inputs = new AblationInputs(log, options);
        var training = new AblationTraining(log.Known, log.Catalog, log.Split);
        using var coOccurrence = variants.Any(v => v.CoOccurrence != AblationJoin.None) && log.Tasks.Any(t => t.Task == EvaluationTask.Discovery) ? new AblationCoOccurrence(log, options) : null;
        var rows = new List<AblationRow>();
        foreach (var variant in variants.Where(v => inputs.Has(v.Features | v.NewItems) && (v.CoOccurrence == AblationJoin.None || coOccurrence is not null)))
        {
            var samples = new AblationSamples(log);
            if (variant.CoOccurrence == AblationJoin.Alone)
            {
                for (int task = 0; task < log.Tasks.Count; task++) samples.Add(task, AblationJudge.Judge(coOccurrence!.Model, log.Tasks[task].Cases));
            }
            else
            {
                for (int seed = 1; seed <= options.Seeds; seed++) Sample(variant, seed);
            }

            foreach (var row in samples.Rows(variant.Name))
            {
                rows.Add(row);
                Print(row);
            }

            void Sample(AblationVariant tower, int seed)
            {
                var (model, took) = training.Train(tower, Base(log, seed), inputs.Of(tower.Features), inputs.Of(tower.NewItems));
                using var _ = model;
                samples.Seconds.Add(took);
                samples.Parameters = model.Report.Parameters;
                if (model.Report.Continuation is { } found) samples.Cosines.Add(found.MeanCosine);
                samples.Requests.Add(UserTowerClock.Measure(model));
                double weight = tower.CoOccurrence == AblationJoin.Joined ? coOccurrence!.Choose(tower, Base(log, seed)) : 0;
                if (tower.CoOccurrence == AblationJoin.Joined) samples.Weights.Add(weight);
                for (int task = 0; task < log.Tasks.Count; task++)
                {
                    using var scores = new AblationTowerScores(model, log.Tasks[task].Cases);
                    samples.Add(task, AblationJudge.Judge(weight == 0 ? scores : new JoinedModel(scores, (coOccurrence!.Model, weight)), log.Tasks[task].Cases));
                }

                if (!judgesCold) return;
                using var colds = new AblationTowerScores(model, cold);
                samples.Colds.Add(judge.JudgeCold(colds, cold));
            }
        }

        var report = new AblationReport { Log = log.Name, Options = options with { Data = null, TextModel = null, TextCache = null, Json = null }, ColdItems = log.ColdItems.Length, ColdCases = cold.Count, RandomColdRecall = judge.RandomCold, Rows = rows };
        if (judgesCold) AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture, $"A random hundred of the items with no event: {judge.RandomCold:0.0000}"));
        if (options.Json is { } json) report.Save(json);
    }

    private static void Print(AblationRow row) => AnsiConsole.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"| {row.Variant} | {row.Task} | {row.Recall} | {row.Ndcg} | {row.ColdRecall?.ToString() ?? "–"} | {Whole(row.Seconds, "s")} | {Whole(row.RequestMicroseconds, "µs")} | {row.Cosine?.ToString() ?? "–"} | {row.CoOccurrenceWeight?.ToString() ?? "–"} | {row.Parameters:N0} |"));

    private static string Whole(AblationFigure? figure, string unit) => figure is null ? "–" : string.Create(CultureInfo.InvariantCulture, $"{figure.Mean:0} {unit}");

    // The shop sample's settings.
    private TwoTowerOptions Base(AblationLog log, int seed) => new()
    {
        Seed = seed, Epochs = options.Epochs, Patience = 2, UniformNegatives = 1024, MaxValidationExamples = 1_500, PopularityExponents = [0, 0.05, 0.1, 0.2], PositiveWeights = log.PositiveWeights,
        RetrainOnAll = false,
    };
}
