namespace LineRec;

/// <summary>One candidate's way through the funnel.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="Sources">Which retrievers proposed it.</param>
/// <param name="Steps">What each step did with it, in order.</param>
/// <param name="SlatePosition">Its place in the slate, from 1; null where it isn't shown.</param>
public sealed record CandidateExplanation(string ItemId, IReadOnlyList<SourceScore> Sources, IReadOnlyList<CandidateStep> Steps, int? SlatePosition)
{
    /// <summary>The step that it fell out at; null for an item that is shown.</summary>
    public CandidateStep? FellOutAt => SlatePosition is null && Steps.Count > 0 && Steps[^1].Position is null ? Steps[^1] : null;
}
