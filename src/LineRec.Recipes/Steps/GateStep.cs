using System.Globalization;

namespace LineRec.Recipes;

/// <summary>Refuses a bundle that is worse than the champion, as a whole or on a part of the cases, larger than it may be or slower.</summary>
internal sealed class GateStep() : PipelineStep(StepName, "refuses a bundle that is worse than the champion, too large or too slow", BundleStep.StepName, EvaluateStep.StepName)
{
    public const string StepName = "gate";

    private const double Megabyte = 1e6;

    public override bool ReadsLog => false;

    public override IReadOnlyList<string> Settings => ["gate."];

    public override void Run(StepContext context)
    {
        var settings = context.Settings;
        string evaluation = context.OutputOf(EvaluateStep.StepName);
        var report = RecipeJson.Read<EvaluationReport>(Path.Combine(evaluation, EvaluateStep.ReportFile));
        var checks = RecipeJson.Read<List<SliceReport>>(Path.Combine(evaluation, EvaluateStep.SlicesFile)).ConvertAll(s => GateDecision.OfSlice(s, settings.Metric, settings.MaxSliceLoss));
        if (settings.MaxBundleMegabytes > 0) checks.Add(OfSize(BundleManifest.Read(BundleRoot.Resolve(context.OutputOf(BundleStep.StepName))), settings.MaxBundleMegabytes));
        if (settings.MaxP99Milliseconds > 0) checks.Add(OfLatency(context));
        var decision = GateDecision.Of(report, settings.Metric, settings.MaxLoss).With(checks);
        RecipeJson.Write(Path.Combine(context.Directory, GateDecision.FileName), decision);
        context.Console.Say($"  gate: {decision}");
    }

    public override string? FindRefusal(string directory) => GateDecision.Read(directory) is { Accepted: false } refused ? $"The gate refused the bundle. {refused}" : null;

    /// <summary>Whether a bundle is as small as it must be.</summary>
    public static GateCheck OfSize(BundleManifest manifest, int maxMegabytes)
    {
        double megabytes = manifest.Files.Values.Sum(f => f.Size) / Megabyte;
        return new GateCheck("size", megabytes <= maxMegabytes, string.Create(CultureInfo.InvariantCulture, $"The bundle has {megabytes:0.0} MB; gate.max_bundle_megabytes is {maxMegabytes}."));
    }

    /// <summary>The figure is said, but not kept where it holds: what is kept must be equal whenever the step is made.</summary>
    private static GateCheck OfLatency(StepContext context)
    {
        int most = context.Settings.MaxP99Milliseconds;
        var p99 = ServingLatency.Percentile99(context.OutputOf(BundleStep.StepName), context.Data, context.Run, context.CancellationToken);
        string found = string.Create(CultureInfo.InvariantCulture, $"99 of 100 requests took up to {p99.TotalMilliseconds:0.00} ms");
        context.Console.Say($"  {found}");
        bool passed = p99.TotalMilliseconds <= most;
        return new GateCheck("latency", passed, passed ? $"99 of 100 requests took up to {most} ms (gate.max_p99_milliseconds) or less." : $"{found}; gate.max_p99_milliseconds is {most}.");
    }
}
