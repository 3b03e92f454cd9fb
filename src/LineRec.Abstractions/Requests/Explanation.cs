namespace LineRec;

/// <summary>An answer with the way of every candidate through the funnel.</summary>
/// <param name="Slate">The answer.</param>
/// <param name="Candidates">All candidates that a retriever proposed, shown or not; the shown first, in slate order.</param>
public sealed record Explanation(Slate Slate, IReadOnlyList<CandidateExplanation> Candidates)
{
    /// <summary>The way of one item; null where no retriever proposed it.</summary>
    /// <param name="itemId">The item.</param>
    public CandidateExplanation? Find(string itemId) => Candidates.FirstOrDefault(c => c.ItemId == itemId);
}
