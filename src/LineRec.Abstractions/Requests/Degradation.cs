namespace LineRec;

/// <summary>One thing that went wrong on the way to an answer, and what was done.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Component">The component's name.</param>
/// <param name="Reason">Why: late, failed, or short of items.</param>
/// <param name="Action">What was done about it.</param>
/// <param name="Detail">For people: the exception's message, or how late it was.</param>
public sealed record Degradation(FunnelStage Stage, string Component, DegradationReason Reason, DegradationAction Action, string Detail);
