namespace LineRec;

/// <summary>Names the rankers of a placement.</summary>
public interface IRankingBuilder
{
    /// <summary>Adds a ranker.</summary>
    /// <param name="name">Its name in answers, reports and telemetry; once a placement.</param>
    /// <param name="factory">Makes it when the pipeline is linked to a snapshot.</param>
    IRankingBuilder Add(string name, ComponentFactory<IRanker> factory);

    /// <summary>Adds a ranker that is taken from the services: a singleton when the pipeline is linked, a scoped or transient one from each request's services.</summary>
    /// <typeparam name="T">Its service type.</typeparam>
    /// <param name="name">Its name; once a placement.</param>
    IRankingBuilder AddService<T>(string name)
        where T : class, IRanker;

    /// <summary>Sets what happens when the ranker added last throws or is late. Default <see cref="FailurePolicy.Skip"/>.</summary>
    /// <param name="policy">The policy.</param>
    IRankingBuilder OnFailure(FailurePolicy policy);

    /// <summary>Limits the time of the ranker added last, within the placement's deadline. Only one that waits (a pending task) can be cut off.</summary>
    /// <param name="timeout">Over zero.</param>
    IRankingBuilder Timeout(TimeSpan timeout);

    /// <summary>Keeps the best candidates of the rankers so far.</summary>
    /// <param name="count">1 or more.</param>
    IRankingBuilder Take(int count);
}
