namespace LineRec;

/// <summary>Names the re-rankers of a placement.</summary>
public interface IReRankingBuilder
{
    /// <summary>Adds a re-ranker.</summary>
    /// <param name="name">Its name in answers, reports and telemetry; once a placement.</param>
    /// <param name="factory">Makes it when the pipeline is linked to a snapshot.</param>
    IReRankingBuilder Add(string name, ComponentFactory<IReRanker> factory);

    /// <summary>Adds a re-ranker that is taken from the services: a singleton when the pipeline is linked, a scoped or transient one from each request's services.</summary>
    /// <typeparam name="T">Its service type.</typeparam>
    /// <param name="name">Its name; once a placement.</param>
    IReRankingBuilder AddService<T>(string name)
        where T : class, IReRanker;

    /// <summary>Sets what happens when the re-ranker added last throws or is late. Default <see cref="FailurePolicy.Skip"/>.</summary>
    /// <param name="policy">The policy.</param>
    IReRankingBuilder OnFailure(FailurePolicy policy);

    /// <summary>Limits the time of the re-ranker added last, within the placement's deadline. Only one that waits (a pending task) can be cut off.</summary>
    /// <param name="timeout">Over zero.</param>
    IReRankingBuilder Timeout(TimeSpan timeout);
}
