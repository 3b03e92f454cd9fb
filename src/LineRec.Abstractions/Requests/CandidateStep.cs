namespace LineRec;

/// <summary>What one step of the funnel did with a candidate.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Component">The component's name; "merge" and "take" are the pipeline's own.</param>
/// <param name="Score">The candidate's score after the step.</param>
/// <param name="Position">Its position after the step, from 1; null where the step removed it.</param>
public sealed record CandidateStep(FunnelStage Stage, string Component, float Score, int? Position);
