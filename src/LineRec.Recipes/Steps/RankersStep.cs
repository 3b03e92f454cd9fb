using LineRec.Features;

namespace LineRec.Recipes;

/// <summary>Replays the requests of each learning window through the pipeline as it was before that window, and trains the rankers on what they saw.</summary>
internal sealed class RankersStep() : PipelineStep(
    StepName, "captures features of past requests in the pipeline and trains the rankers", ProfileStep.StepName, FeaturesStep.StepName, TwoTowerStep.StepName, ItemToItemStep.StepName)
{
    public const string StepName = "rankers";

    public override IReadOnlyList<string> Settings => ["seed", "window_days", "learning_windows", "task", "target", "rankers."];

    public override void Run(StepContext context)
    {
        var (data, settings, console) = (context.Data, context.Settings, context.Console);
        var dataset = data.Dataset(LogProfile.Read(context));
        var quality = new ShopQuality(dataset, data.Catalog, data.History);
        var examples = new RankerExamples(dataset, data.Catalog, data.Log, data.History, quality, settings.Seed) { MaxListsPerWindow = settings.MaxLists, MaxCasesPerWindow = settings.MaxCases };
        var instants = RunData.Instants(dataset);
        foreach (var from in instants.SkipLast(1))
        {
            string version = RunData.Stamp(from);
            using (var bundle = RetrievalBundle.Create(context, context.Scratch, version))
            {
                RetrievalBundle.Write(context, dataset, bundle, from);
                bundle.Publish();
            }

            console.Step($"Capture features from {from:yyyy-MM-dd}", progress =>
            {
                examples.Capture(Path.Combine(context.Scratch, version), from, progress);
                return true;
            });
        }

        // Served with the last fit, which refreshes the one that the rankers' examples of the last window were encoded with.
        using var features = FittedFeatures.Load(context.OutputOf(FeaturesStep.StepName, instants[^2]));
        var files = new ModelFiles();
        foreach (var (name, captured) in examples.Stack())
        {
            var options = RankerRecipe.Defaults(settings.Seed) with { Epochs = settings.RankerEpochs, Ensemble = settings.Ensemble };
            using var model = RankerRecipe.Train(name, captured, options, dataset, console, context.CancellationToken);
            files.Models[$"rankers/{name}"] = model.Export(context.Directory, $"rankers/{name}.onnx", features.Fingerprint);
            files.Metrics[$"{name}/examples"] = captured.Count;
            foreach (var (metric, value) in new[] { ("auc", model.Report.HeldOut.Auc), ("log_loss", model.Report.HeldOut.LogLoss), ("ece", model.Report.HeldOut.Ece) })
            {
                if (double.IsFinite(value)) files.Metrics[$"{name}/{metric}"] = value;
            }
        }

        files.Write(context.Directory);
    }
}
