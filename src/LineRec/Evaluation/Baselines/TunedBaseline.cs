namespace LineRec;

/// <summary>A baseline with the parameters that were best on validation, fitted on everything before the split.</summary>
/// <param name="System">The baseline; it fills every list.</param>
/// <param name="Parameters">The chosen parameters, for people.</param>
/// <param name="ValidationRecall">Their Recall@k on validation.</param>
/// <param name="GridSize">How many combinations were tried.</param>
public sealed record TunedBaseline(IRankedSystem System, string Parameters, double ValidationRecall, int GridSize);
