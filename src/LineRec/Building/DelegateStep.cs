namespace LineRec;

/// <summary>A delegate as a filter, ranker or re-ranker: the three have one shape.</summary>
internal sealed class DelegateStep(Func<RequestContext, CandidateTable, CancellationToken, ValueTask> step) : IFilter, IRanker, IReRanker
{
    public ValueTask FilterAsync(RequestContext context, CandidateTable candidates, CancellationToken cancellationToken) => step(context, candidates, cancellationToken);

    public ValueTask RankAsync(RequestContext context, CandidateTable candidates, CancellationToken cancellationToken) => step(context, candidates, cancellationToken);

    public ValueTask ReRankAsync(RequestContext context, CandidateTable candidates, CancellationToken cancellationToken) => step(context, candidates, cancellationToken);
}
