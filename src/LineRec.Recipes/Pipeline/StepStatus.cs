namespace LineRec.Recipes;

/// <summary>How a step stands and why.</summary>
/// <param name="Step">The step.</param>
/// <param name="State">How it stands.</param>
/// <param name="Reason">What changed, is damaged or missing; empty where it is done.</param>
/// <param name="Record">Its record, where there is one.</param>
internal sealed record StepStatus(string Step, StepState State, string Reason, StepRecord? Record);
