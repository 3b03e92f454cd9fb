using System.Globalization;

namespace LineRec.Recipes;

/// <summary>Puts everything together: a bundle that knows the log up to the test, in a folder that no host follows.</summary>
internal sealed class BundleStep() : PipelineStep(
    StepName, "puts the models together", ProfileStep.StepName, FeaturesStep.StepName, TwoTowerStep.StepName, ItemToItemStep.StepName, RankersStep.StepName)
{
    public const string StepName = "bundle";

    public override IReadOnlyList<string> Settings => ["window_days", "learning_windows", "target"];

    public override void Run(StepContext context)
    {
        var dataset = context.Data.Dataset(LogProfile.Read(context));
        string rankers = context.OutputOf(RankersStep.StepName);

        // Named after its inputs: other inputs can't take its place under its name.
        string version = context.Run.Date.ToString("yyyyMMdd", CultureInfo.InvariantCulture) + "-" + FileFingerprint.Of(context.Inputs)[..8];
        using var bundle = RetrievalBundle.Create(context, context.Directory, version);
        context.Console.Step($"Put bundle {version} together", _ =>
        {
            RetrievalBundle.Write(context, dataset, bundle, dataset.Split);
            RetrievalBundle.CopyInto(bundle, rankers, ModelFiles.FileName);
            RetrievalBundle.AddModels(bundle, ModelFiles.Read(rankers));
            foreach (var (name, value) in context.Inputs) bundle.Lineage[name] = value;
            return bundle.Publish();
        });
    }
}
