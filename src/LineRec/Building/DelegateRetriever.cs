namespace LineRec;

internal sealed class DelegateRetriever(Func<RequestContext, CandidateSink, CancellationToken, ValueTask> retrieve) : IRetriever
{
    public ValueTask RetrieveAsync(RequestContext context, CandidateSink candidates, CancellationToken cancellationToken) => retrieve(context, candidates, cancellationToken);
}
