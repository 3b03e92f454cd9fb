namespace LineRec;

/// <summary>Keeps the items that a host's predicate accepts.</summary>
internal sealed class PredicateFilter(Func<RequestContext, int, bool> keep) : IFilter
{
    public ValueTask FilterAsync(RequestContext context, CandidateTable candidates, CancellationToken cancellationToken)
    {
        for (int i = 0; i < candidates.Count; i++)
        {
            if (!keep(context, candidates.Rows[i])) candidates.Remove(i);
        }

        return ValueTask.CompletedTask;
    }
}
