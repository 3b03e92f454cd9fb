namespace LineRec.Recipes;

/// <summary>What a run did about one step.</summary>
/// <param name="Step">The step.</param>
/// <param name="Ran">Whether it was made; otherwise it was done already.</param>
/// <param name="Reason">Why it was made; empty where it was done already.</param>
/// <param name="Seconds">How long it took, when it was made.</param>
/// <param name="OutputHash">The hash over its outputs.</param>
/// <param name="Folder">Where its outputs lie.</param>
internal sealed record StepOutcome(string Step, bool Ran, string Reason, double Seconds, string OutputHash, string Folder);
