namespace LineRec;

/// <summary>Proposes candidates for a request out of the whole corpus.</summary>
/// <remarks>
/// Thread-safe: called for many requests at once. A retriever that works in memory completes synchronously; one that waits (another
/// process) returns a pending task and obeys the token. After its task ended, or its time-out passed, it must not touch the sink.
/// One that can also score any given item should implement <see cref="ICandidateScorer"/> too: rankers then see its score of every candidate.
/// </remarks>
public interface IRetriever
{
    /// <summary>Adds candidates to <paramref name="candidates"/>, in any order; the best <see cref="CandidateSink.Limit"/> count.</summary>
    /// <param name="context">The request; valid until the task ends.</param>
    /// <param name="candidates">Receives the candidates; it is empty when the call starts.</param>
    /// <param name="cancellationToken">Cancelled when the deadline passes or the caller gives up.</param>
    ValueTask RetrieveAsync(RequestContext context, CandidateSink candidates, CancellationToken cancellationToken);
}
