namespace LineRec.Recipes;

/// <summary>Refuses a bundle that is worse than the champion.</summary>
internal sealed class GateStep() : PipelineStep(StepName, "refuses a bundle that is worse than the champion", EvaluateStep.StepName)
{
    public const string StepName = "gate";

    public override bool ReadsLog => false;

    public override IReadOnlyList<string> Settings => ["gate."];

    public override void Run(StepContext context)
    {
        var report = RecipeJson.Read<EvaluationReport>(Path.Combine(context.OutputOf(EvaluateStep.StepName), EvaluateStep.ReportFile));
        var decision = GateDecision.Of(report, context.Settings.Metric, context.Settings.MaxLoss);
        RecipeJson.Write(Path.Combine(context.Directory, GateDecision.FileName), decision);
        context.Console.Say($"  gate: {decision}");
    }

    public override string? FindRefusal(string directory) => GateDecision.Read(directory) is { Accepted: false } refused ? $"The gate refused the bundle. {refused}" : null;
}
