using LineRec.Features;

namespace LineRec.Recipes;

/// <summary>Fits the features, once before each window that rankers learn from and once before the test, each fit refreshing the one before.</summary>
internal sealed class FeaturesStep() : PipelineStep(StepName, "fits the features", ProfileStep.StepName)
{
    public const string StepName = "features";

    /// <summary>The report for people.</summary>
    public const string ReportFile = "features.html";

    public override IReadOnlyList<string> Settings => ["window_days", "learning_windows", "target"];

    public override void Run(StepContext context)
    {
        var dataset = context.Data.Dataset(LogProfile.Read(context));
        var training = new RetrievalTraining(dataset, context.Data.Catalog, context.Console);
        FittedFeatures? before = null;
        foreach (var asOf in RunData.Instants(dataset))
        {
            var fitted = training.Fit(context.Data.Events.Before(asOf), asOf, TowerRecipe.HistoryPooling, before);
            string folder = context.MakeFolder(asOf);
            fitted.Save(folder);
            File.WriteAllText(Path.Combine(folder, ReportFile), FeatureReport.Create(fitted, context.Data.Catalog).ToHtml());
            before?.Dispose();
            before = fitted;
        }

        before?.Dispose();
    }
}
