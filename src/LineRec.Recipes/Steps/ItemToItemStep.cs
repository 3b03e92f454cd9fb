namespace LineRec.Recipes;

/// <summary>Counts which items go together, once before each window that rankers learn from and once before the test.</summary>
internal sealed class ItemToItemStep() : PipelineStep(StepName, "counts which items go together", ProfileStep.StepName)
{
    public const string StepName = "item-to-item";

    public override IReadOnlyList<string> Settings => ["window_days", "learning_windows", "item_to_item."];

    public override void Run(StepContext context)
    {
        var dataset = context.Data.Dataset(LogProfile.Read(context));
        var training = new RetrievalTraining(dataset, context.Data.Catalog, context.Console);
        foreach (var asOf in RunData.Instants(dataset))
            training.CountNeighbours(context.Data.Events.Before(asOf), asOf, context.Settings.Neighbours, context.MakeFolder(asOf), context.CancellationToken);
    }
}
