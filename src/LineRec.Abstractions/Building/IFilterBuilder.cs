namespace LineRec;

/// <summary>Names the filters of a placement.</summary>
public interface IFilterBuilder
{
    /// <summary>Adds a filter.</summary>
    /// <param name="name">Its name in answers, reports and telemetry; once a placement.</param>
    /// <param name="factory">Makes it when the pipeline is linked to a snapshot.</param>
    IFilterBuilder Add(string name, ComponentFactory<IFilter> factory);

    /// <summary>Adds a filter that is taken from the services: a singleton when the pipeline is linked, a scoped or transient one from each request's services.</summary>
    /// <typeparam name="T">Its service type.</typeparam>
    /// <param name="name">Its name; once a placement.</param>
    IFilterBuilder AddService<T>(string name)
        where T : class, IFilter;

    /// <summary>Sets what happens when the filter added last throws or is late. Default <see cref="FailurePolicy.FallBack"/> where the placement has a fallback, else <see cref="FailurePolicy.Propagate"/>: what a broken filter lets through may not be shown.</summary>
    /// <param name="policy">The policy.</param>
    IFilterBuilder OnFailure(FailurePolicy policy);

    /// <summary>Limits the time of the filter added last, within the placement's deadline. Only one that waits (a pending task) can be cut off.</summary>
    /// <param name="timeout">Over zero.</param>
    IFilterBuilder Timeout(TimeSpan timeout);
}
