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
        string source = BundleRoot.Resolve(context.OutputOf(BundleStep.StepName)), root = context.Run.Bundles;
        var manifest = BundleManifest.Read(source);
        using var only = RunLock.Take(root);
        string target = Path.Combine(root, manifest.Version);
        if (Directory.Exists(target) && FindDamage(target) is not null) Directory.Delete(target, recursive: true);
        if (!Directory.Exists(target)) Copy(context, source, manifest, root);
        var registry = BundleRegistry.Read(root).With(manifest.Version, context.Run.Date, manifest.Fingerprint);
        registry.Write(root); // the champion serves before anything goes
        Retention.Apply(context.Run, registry, context.Console).Write(root);
        RecipeJson.Write(Path.Combine(context.Directory, FileName), new PublishedBundle(manifest.Version, manifest.Fingerprint));
        context.Console.Say($"  published {manifest.Version}; hosts serve {registry.Champion?.Version}");
    }

    public override string? FindDamage(PipelineRun run, string directory) =>
        RecipeJson.Read<PublishedBundle>(Path.Combine(directory, FileName)) is var published && BundleRegistry.Read(run.Bundles).Bundles.Any(b => b.Version == published.Version)
            ? FindDamage(Path.Combine(run.Bundles, published.Version))
            : $"{published.Version} isn't in the registry";

    private static string? FindDamage(string bundle)
    {
        try
        {
            BundleReader.Open(bundle).Dispose();
            return null;
        }
        catch (BundleException e)
        {
            return e.Message;
        }
    }

    private static void Copy(StepContext context, string source, BundleManifest manifest, string root)
    {
        using var bundle = RetrievalBundle.Create(context, root, manifest.Version);
        RetrievalBundle.CopyInto(bundle, source, BundleDefaults.ManifestFile);
        foreach (var (name, model) in manifest.Models) bundle.AddModel(name, model);
        foreach (var (name, value) in manifest.Metrics) bundle.Metrics[name] = value;
        foreach (var (name, value) in manifest.Lineage) bundle.Lineage[name] = value;
        var report = RecipeJson.Read<EvaluationReport>(Path.Combine(context.OutputOf(EvaluateStep.StepName), EvaluateStep.ReportFile));
        var quality = report["ranked"];
        bundle.Metrics[$"{report.Task}/recall_at_{report.K}"] = quality.Recall.Value;
        bundle.Metrics[$"{report.Task}/ndcg_at_{report.K}"] = quality.Ndcg.Value;
        bundle.Publish(makeCurrent: false); // the registry says which one serves
    }

    private sealed record PublishedBundle(string Version, string Fingerprint);
}
