namespace LineRec;

/// <summary>Scores candidates for one placement. The pipeline sorts by those scores afterwards.</summary>
/// <remarks>Thread-safe.</remarks>
public interface IRanker
{
    /// <summary>Writes <see cref="CandidateTable.Scores"/> of every candidate; higher is better, NaN counts as worst.</summary>
    /// <param name="context">The request.</param>
    /// <param name="candidates">The candidates; their scores are the merged retrieval scores, or the previous ranker's.</param>
    /// <param name="cancellationToken">Cancelled when the deadline passes or the caller gives up.</param>
    ValueTask RankAsync(RequestContext context, CandidateTable candidates, CancellationToken cancellationToken);
}
