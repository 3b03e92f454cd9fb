namespace LineRec;

internal sealed class RankingBuilder(string placement, List<string> errors) : StageBuilder<IRanker>(placement, "Rank", errors), IRankingBuilder
{
    public IRankingBuilder Add(string name, ComponentFactory<IRanker> factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        Append(new(name) { Factory = factory });
        return this;
    }

    public IRankingBuilder AddService<T>(string name)
        where T : class, IRanker
    {
        Append(new(name) { ServiceType = typeof(T) });
        return this;
    }

    public IRankingBuilder OnFailure(FailurePolicy policy)
    {
        SetPolicy(policy);
        return this;
    }

    public IRankingBuilder Timeout(TimeSpan timeout)
    {
        SetTimeout(timeout);
        return this;
    }

    public IRankingBuilder Take(int count)
    {
        if (count < 1) Complain($"Take({count}) keeps nothing; take 1 or more.");
        else if (Last(nameof(Take)) is { } last) last.Take = count;
        return this;
    }
}
