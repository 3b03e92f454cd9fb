namespace LineRec.Extensibility.Tests.Components;

/// <summary>A retriever of another maker: proposes given items, by id, as one that asks another process does.</summary>
internal class ShelfRetriever(params (string ItemId, float Score)[] shelf) : IRetriever
{
    public virtual ValueTask RetrieveAsync(RequestContext context, CandidateSink candidates, CancellationToken cancellationToken)
    {
        foreach (var (itemId, score) in shelf) candidates.Add(context.Catalog, itemId, score);
        return default;
    }
}
