namespace LineRec;

/// <summary>Puts ranked candidates into the order of the slate: diversity, freshness, business rules.</summary>
/// <remarks>Thread-safe.</remarks>
public interface IReRanker
{
    /// <summary>
    /// Reorders with <see cref="CandidateTable.Reorder"/>, or changes <see cref="CandidateTable.Scores"/> and calls <see cref="CandidateTable.Sort"/>.
    /// The first <see cref="RequestContext.Take"/> candidates become the slate.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="candidates">The candidates, best first.</param>
    /// <param name="cancellationToken">Cancelled when the deadline passes or the caller gives up.</param>
    ValueTask ReRankAsync(RequestContext context, CandidateTable candidates, CancellationToken cancellationToken);
}
