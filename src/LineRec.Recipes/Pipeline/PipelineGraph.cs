namespace LineRec.Recipes;

/// <summary>The steps of the daily loop. The local runner and the exported DAG both come from here.</summary>
internal static class PipelineGraph
{
    /// <summary>All steps, each behind those that it needs.</summary>
    public static IReadOnlyList<PipelineStep> Steps { get; } =
    [
        new ProfileStep(), new FeaturesStep(), new TwoTowerStep(), new ItemToItemStep(), new RankersStep(), new BundleStep(), new EvaluateStep(), new GateStep(), new PublishStep(),
    ];
}
