namespace LineRec.Extensibility.Tests.Components;

// The four components as types that the container makes, each with a dependency.

internal sealed class SigningRetriever(Visit visit) : ShelfRetriever(Shelf.All)
{
    public override ValueTask RetrieveAsync(RequestContext context, CandidateSink candidates, CancellationToken cancellationToken)
    {
        visit.SignedBy.Add("retriever");
        return base.RetrieveAsync(context, candidates, cancellationToken);
    }
}

internal sealed class SigningFilter(Visit visit) : CheapFilter(60)
{
    public override ValueTask FilterAsync(RequestContext context, CandidateTable candidates, CancellationToken cancellationToken)
    {
        visit.SignedBy.Add("filter");
        return base.FilterAsync(context, candidates, cancellationToken);
    }
}

internal sealed class SigningRanker(Visit visit) : CheapestFirstRanker
{
    public override ValueTask RankAsync(RequestContext context, CandidateTable candidates, CancellationToken cancellationToken)
    {
        visit.SignedBy.Add("ranker");
        return base.RankAsync(context, candidates, cancellationToken);
    }
}

internal sealed class SigningReRanker(Visit visit) : BrandFirstReRanker("x")
{
    public override ValueTask ReRankAsync(RequestContext context, CandidateTable candidates, CancellationToken cancellationToken)
    {
        visit.SignedBy.Add("re-ranker");
        return base.ReRankAsync(context, candidates, cancellationToken);
    }
}
