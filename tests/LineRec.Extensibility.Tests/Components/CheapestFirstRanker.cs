namespace LineRec.Extensibility.Tests.Components;

/// <summary>A ranker of another maker: the cheaper, the better.</summary>
internal class CheapestFirstRanker : IRanker
{
    public virtual ValueTask RankAsync(RequestContext context, CandidateTable candidates, CancellationToken cancellationToken)
    {
        for (int i = 0; i < candidates.Count; i++) candidates.Scores[i] = -context.Catalog.Price![candidates.Rows[i]];
        return default;
    }
}
