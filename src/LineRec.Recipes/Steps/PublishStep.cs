namespace LineRec.Recipes;

/// <summary>Copies the bundle into the root that hosts follow and makes it the champion, unless a later day's bundle is.</summary>
internal sealed class PublishStep() : PipelineStep(StepName, "publishes the bundle as the champion", BundleStep.StepName, EvaluateStep.StepName, GateStep.StepName)
{
    public const string StepName = "publish";

    private const string FileName = "published.json";

    public override bool ReadsLog => false;

    public override IReadOnlyList<string> Settings => ["retention."];

    public override void Run(StepContext context)
    {
        string root = context.Run.Bundles;
        using var only = RunLock.Take(root);
        var report = RecipeJson.Read<EvaluationReport>(Path.Combine(context.OutputOf(EvaluateStep.StepName), EvaluateStep.ReportFile));
        var quality = report["ranked"];
        var measured = new Dictionary<string, double> { [$"{report.Task}/recall_at_{report.K}"] = quality.Recall.Value, [$"{report.Task}/ndcg_at_{report.K}"] = quality.Ndcg.Value };
        var manifest = BundlePublisher.Copy(BundleRoot.Resolve(context.OutputOf(BundleStep.StepName)), root, measured);
        var registry = BundleRegistry.Read(root).With(manifest.Version, context.Run.Date, manifest.Fingerprint, BundleLineage.Of(Path.Combine(root, manifest.Version), manifest));
        registry.Write(root); // the champion serves before anything goes
        Retention.Apply(context.Run, registry, context.Console).Write(root);
        RecipeJson.Write(Path.Combine(context.Directory, FileName), new PublishedBundle(manifest.Version, manifest.Fingerprint));
        context.Console.Say($"  published {manifest.Version}; hosts serve {registry.Champion?.Version}");
    }

    public override string? FindDamage(PipelineRun run, string directory) =>
        RecipeJson.Read<PublishedBundle>(Path.Combine(directory, FileName)) is var published && BundleRegistry.Read(run.Bundles).Bundles.Any(b => b.Version == published.Version)
            ? BundlePublisher.FindDamage(Path.Combine(run.Bundles, published.Version))
            : $"{published.Version} isn't in the registry";

    private sealed record PublishedBundle(string Version, string Fingerprint);
}
