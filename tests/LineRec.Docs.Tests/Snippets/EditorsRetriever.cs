namespace LineRec.Docs.Tests.Snippets;

#region own-retriever
/// <summary>Proposes what the editors picked.</summary>
public class EditorsRetriever(params string[] picks) : IRetriever
{
    public ValueTask RetrieveAsync(RequestContext context, CandidateSink candidates, CancellationToken cancellationToken)
    {
        for (int i = 0; i < picks.Length; i++) candidates.Add(context.Catalog, picks[i], score: 1f / (i + 1));
        return ValueTask.CompletedTask;
    }
}
#endregion
