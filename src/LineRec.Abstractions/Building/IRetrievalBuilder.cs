namespace LineRec;

/// <summary>Names the retrievers of a placement.</summary>
public interface IRetrievalBuilder
{
    /// <summary>Adds a retriever.</summary>
    /// <param name="name">Its name in answers, reports and telemetry; once a placement.</param>
    /// <param name="limit">How many candidates it may propose, 1 or more.</param>
    /// <param name="factory">Makes it when the pipeline is linked to a snapshot.</param>
    IRetrievalBuilder Add(string name, int limit, ComponentFactory<IRetriever> factory);

    /// <summary>Adds a retriever that is taken from the services: a singleton when the pipeline is linked, a scoped or transient one from each request's services.</summary>
    /// <typeparam name="T">Its service type.</typeparam>
    /// <param name="name">Its name; once a placement.</param>
    /// <param name="limit">How many candidates it may propose, 1 or more.</param>
    IRetrievalBuilder AddService<T>(string name, int limit)
        where T : class, IRetriever;

    /// <summary>Sets what happens when the retriever added last throws or is late. Default <see cref="FailurePolicy.Skip"/>.</summary>
    /// <param name="policy">The policy.</param>
    IRetrievalBuilder OnFailure(FailurePolicy policy);

    /// <summary>Limits the time of the retriever added last, within the placement's deadline. Only one that waits (a pending task) can be cut off.</summary>
    /// <param name="timeout">Over zero.</param>
    IRetrievalBuilder Timeout(TimeSpan timeout);
}
