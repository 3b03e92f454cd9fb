namespace LineRec;

internal sealed class RetrievalBuilder(string placement, List<string> errors) : StageBuilder<IRetriever>(placement, "Retrieve", errors), IRetrievalBuilder
{
    public IRetrievalBuilder Add(string name, int limit, ComponentFactory<IRetriever> factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        return AppendLimited(new(name) { Limit = limit, Factory = factory });
    }

    public IRetrievalBuilder AddService<T>(string name, int limit)
        where T : class, IRetriever => AppendLimited(new(name) { Limit = limit, ServiceType = typeof(T) });

    public IRetrievalBuilder OnFailure(FailurePolicy policy)
    {
        SetPolicy(policy);
        return this;
    }

    public IRetrievalBuilder Timeout(TimeSpan timeout)
    {
        SetTimeout(timeout);
        return this;
    }

    private RetrievalBuilder AppendLimited(ComponentRegistration<IRetriever> component)
    {
        if (component.Limit < 1) Complain($"retriever '{component.Name}' has a limit of {component.Limit}; it must be 1 or more.");
        Append(component);
        return this;
    }
}
