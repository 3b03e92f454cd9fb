namespace LineRec.Extensibility.Tests.Components;

/// <summary>A filter of another maker: removes what costs more than a limit.</summary>
internal class CheapFilter(float limit) : IFilter
{
    public virtual ValueTask FilterAsync(RequestContext context, CandidateTable candidates, CancellationToken cancellationToken)
    {
        for (int i = 0; i < candidates.Count; i++)
        {
            if (context.Catalog.Price![candidates.Rows[i]] > limit) candidates.Remove(i);
        }

        return default;
    }
}
