namespace LineRec.Docs.Tests.Snippets;

/// <summary>A filter that a host registered as scoped.</summary>
public sealed class RegionFilter : IFilter
{
    public bool WasAsked { get; private set; }

    public ValueTask FilterAsync(RequestContext context, CandidateTable candidates, CancellationToken cancellationToken)
    {
        WasAsked = true;
        for (int i = 0; i < candidates.Count; i++)
        {
            if (context.Catalog.IdOf(candidates.Rows[i]) == "item-03") candidates.Remove(i);
        }

        return ValueTask.CompletedTask;
    }
}
