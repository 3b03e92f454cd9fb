namespace LineRec.Extensibility.Tests.Components;

/// <summary>A re-ranker of another maker: one brand goes first, else the order stays.</summary>
internal class BrandFirstReRanker(string brand) : IReRanker
{
    public virtual ValueTask ReRankAsync(RequestContext context, CandidateTable candidates, CancellationToken cancellationToken)
    {
        var order = new List<int>();
        for (int i = 0; i < candidates.Count; i++)
        {
            if (context.Catalog.Brand![candidates.Rows[i]] == brand) order.Add(i);
        }

        for (int i = 0; i < candidates.Count; i++)
        {
            if (!order.Contains(i)) order.Add(i);
        }

        candidates.Reorder(order.ToArray());
        return default;
    }
}
