namespace LineRec.Recipes;

/// <summary>What a run did.</summary>
/// <param name="Date">The logical date.</param>
/// <param name="Steps">The steps in their order.</param>
/// <param name="Refusal">Why it ended before its end; null where it didn't.</param>
internal sealed record RunOutcome(string Date, IReadOnlyList<StepOutcome> Steps, string? Refusal);
