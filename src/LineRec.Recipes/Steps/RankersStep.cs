using LineRec.Features;
using LineRec.Training;

namespace LineRec.Recipes;

/// <summary>Replays the requests of each learning window through the pipeline as it was before that window, and trains the rankers on what they saw.</summary>
internal sealed class RankersStep() : PipelineStep(
    StepName, "captures features of past requests in the pipeline and trains the rankers", ProfileStep.StepName, FeaturesStep.StepName, TwoTowerStep.StepName, ItemToItemStep.StepName)
{
    public const string StepName = "rankers";

    public override IReadOnlyList<string> Settings => ["seed", "window_days", "learning_windows", "task", "target", "rankers."];

    public override IEnumerable<(string Name, string Value)> OtherInputs(PipelineRun run) =>
        run.Exposures is { } exposures ? [("exposures", ExposureSource.Fingerprint(exposures, run.FirstInstant, run.Split))] : [];

    public override void Run(StepContext context)
    {
        var (settings, console) = (context.Settings, context.Console);
        var dataset = context.Data.Dataset(LogProfile.Read(context));
        var examples = Capture(context);

        // Served with the last fit, which refreshes the one that the rankers' examples of the last window were encoded with.
        using var features = FittedFeatures.Load(context.OutputOf(FeaturesStep.StepName, RunData.Instants(dataset)[^2]));
        var files = new ModelFiles();
        foreach (string name in examples.Rankers)
        {
            var captured = examples.Take(name);
            using var model = RunTracking.Track(context, $"ranker {name} {RunData.Stamp(dataset.Split)}", run =>
            {
                var options = RankerRecipe.Of(settings, captured, dataset);
                run?.LogOptionsAsync(options, context.CancellationToken).GetAwaiter().GetResult();
                var trained = RankerRecipe.Train(name, captured, options, console, run, context.Checkpoints, context.CancellationToken);
                foreach (var (metric, value) in Figures(trained.Report)) run?.LogMetric(metric, value);
                return trained;
            });
            files.Models[$"rankers/{name}"] = model.Export(context.Directory, $"rankers/{name}.onnx", features.Fingerprint);
            files.Metrics[$"{name}/examples"] = captured.Count;
            if (examples.Served.TryGetValue(name, out int lists)) files.Metrics[$"{name}/lists_as_served"] = lists;
            foreach (var (metric, value) in Figures(model.Report)) files.Metrics[$"{name}/{metric}"] = value;
        }

        files.Write(context.Directory);
    }

    /// <summary>Captures what the rankers learn from: the candidates of past requests with their features.</summary>
    public static RankerExamples Capture(StepContext context)
    {
        var (data, settings) = (context.Data, context.Settings);
        var dataset = data.Dataset(LogProfile.Read(context));
        var capture = new Lazy<WindowCapture>(() => new(dataset, data.Catalog, data.Log, data.History, new ShopQuality(dataset, data.Catalog, data.History), settings.Seed) // where all windows are kept the log isn't read
        {
            MaxListsPerWindow = settings.MaxLists,
            MaxCasesPerWindow = settings.MaxCases,
            Exposures = context.Run.Exposures is { } exposures ? new(exposures, data.Log, context.Run.Bundles) : null,
        });
        var examples = new RankerExamples([.. RunData.Instants(dataset).SkipLast(1).Select(from => context.Checkpoints is { } kept
            ? kept.Keep($"captured-{RunData.Stamp(from)}", () => Capture(context, dataset, capture.Value, from), CapturedWindowFiles.Write, CapturedWindowFiles.Read)
            : Capture(context, dataset, capture.Value, from))]);
        foreach (var (name, lists) in examples.Served.Where(s => s.Value > 0)) context.Console.Say($"  {name}: {lists:N0} lists with their features as they were served");
        return examples;
    }

    private static CapturedWindow Capture(StepContext context, ShopDataset dataset, WindowCapture capture, DateTimeOffset from)
    {
        string version = RunData.Stamp(from);
        using (var bundle = RetrievalBundle.Create(context, context.Scratch, version))
        {
            RetrievalBundle.Write(context, dataset, bundle, from);
            bundle.Publish();
        }

        return context.Console.Step($"Capture features from {from:yyyy-MM-dd}", progress => capture.Capture(Path.Combine(context.Scratch, version), from, progress));
    }

    /// <summary>What was measured on held-out lists; what couldn't be is left out.</summary>
    private static IEnumerable<(string Metric, double Value)> Figures(RankerReport report) =>
        new[] { ("auc", report.HeldOut.Auc), ("log_loss", report.HeldOut.LogLoss), ("ece", report.HeldOut.Ece) }.Where(f => double.IsFinite(f.Item2));
}
