using LineRec.Features;
using LineRec.Training;

namespace LineRec.Recipes;

/// <summary>Trains the two-tower, once before each window that rankers learn from and once before the test; the first training chooses for the others.</summary>
internal sealed class TwoTowerStep() : PipelineStep(StepName, "trains the two-tower and embeds all items", ProfileStep.StepName, FeaturesStep.StepName)
{
    public const string StepName = "two-tower";

    /// <summary>The settings that it looks at.</summary>
    public static readonly IReadOnlyList<string> Watched = ["seed", "window_days", "learning_windows", "target", "two_tower."];

    public override IReadOnlyList<string> Settings => Watched;

    public override IEnumerable<(string Name, string Value)> OtherInputs(PipelineRun run) => [(EarlierTowers.InputName, EarlierTowers.Describe(EarlierTowers.Find(run)))];

    public override void Run(StepContext context)
    {
        var dataset = context.Data.Dataset(LogProfile.Read(context));
        var (settings, catalog) = (context.Settings, context.Data.Catalog);
        var training = new RetrievalTraining(dataset, catalog, context.Console, context.Checkpoints);
        var options = TowerRecipe.First(TowerRecipe.Of(settings), dataset, new ShopPlacements(dataset.Target, catalog).TargetWeights());
        var before = EarlierTowers.Find(context.Run);
        var state = before is null ? null : TwoTowerState.Open(before.StateFolder);
        if (before is not null) context.Console.Say($"  goes on from the towers of {before.Run.DateText}; the last training from nothing was that of {before.Chain.FullDate}");
        bool keeps = settings.FullEvery > 1;
        TwoTowerReport? chosen = null;
        foreach (var asOf in RunData.Instants(dataset))
        {
            using var features = FittedFeatures.Load(context.OutputOf(FeaturesStep.StepName, asOf));
            var towers = state is not null ? TowerRecipe.Daily(options, state, settings.DailyEpochs)
                : chosen is null ? options : TowerRecipe.Later(options, chosen.BestEpoch, chosen.PopularityExponent);
            string folder = context.MakeFolder(asOf);
            var (export, report, trained) = RunTracking.Track(context, $"two-tower {RunData.Stamp(asOf)}", run =>
                training.TrainTowers(context.Data.Events.Before(asOf), asOf, towers, state, features, folder, run, context.CancellationToken));
            new ModelFiles { Models = { ["user_tower"] = export.UserTower, ["item_tower"] = export.ItemTower }, Metrics = Measured(report) }.Write(folder);
            if (keeps) EarlierTowers.Save(trained, context.Directory, asOf);
            if (before is not null) state = trained;
            chosen ??= report;
        }

        if (keeps) (before?.Chain ?? TowerChain.Begin(context.Run)).Write(context.Directory);
    }

    private static SortedDictionary<string, double> Measured(TwoTowerReport report)
    {
        var metrics = new SortedDictionary<string, double>(StringComparer.Ordinal)
        {
            ["two_tower_epochs"] = report.BestEpoch,
            ["two_tower_popularity_exponent"] = report.PopularityExponent,
            ["two_tower_positives"] = report.Positives,
        };
        if (double.IsFinite(report.ValidationRecall)) metrics["two_tower_validation_recall_at_20"] = report.ValidationRecall;
        return metrics;
    }
}
