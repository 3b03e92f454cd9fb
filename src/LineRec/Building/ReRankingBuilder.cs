namespace LineRec;

internal sealed class ReRankingBuilder(string placement, List<string> errors) : StageBuilder<IReRanker>(placement, "ReRank", errors), IReRankingBuilder
{
    public IReRankingBuilder Add(string name, ComponentFactory<IReRanker> factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        Append(new(name) { Factory = factory });
        return this;
    }

    public IReRankingBuilder AddService<T>(string name)
        where T : class, IReRanker
    {
        Append(new(name) { ServiceType = typeof(T) });
        return this;
    }

    public IReRankingBuilder OnFailure(FailurePolicy policy)
    {
        SetPolicy(policy);
        return this;
    }

    public IReRankingBuilder Timeout(TimeSpan timeout)
    {
        SetTimeout(timeout);
        return this;
    }
}
