namespace LineRec;

internal sealed class FilterBuilder(string placement, List<string> errors) : StageBuilder<IFilter>(placement, "Filter", errors), IFilterBuilder
{
    public IFilterBuilder Add(string name, ComponentFactory<IFilter> factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        Append(new(name) { Factory = factory });
        return this;
    }

    public IFilterBuilder AddService<T>(string name)
        where T : class, IFilter
    {
        Append(new(name) { ServiceType = typeof(T) });
        return this;
    }

    public IFilterBuilder OnFailure(FailurePolicy policy)
    {
        SetPolicy(policy);
        return this;
    }

    public IFilterBuilder Timeout(TimeSpan timeout)
    {
        SetTimeout(timeout);
        return this;
    }
}
