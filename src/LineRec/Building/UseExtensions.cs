namespace LineRec;

/// <summary>Puts a host's own components into a pipeline: an instance or a delegate. For a type from the services see <see cref="IRetrievalBuilder.AddService{T}"/> and its like.</summary>
public static class UseExtensions
{
    /// <summary>Adds a retriever.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">Its name.</param>
    /// <param name="limit">How many candidates it may propose, 1 or more.</param>
    /// <param name="retriever">The retriever; thread-safe; the host disposes it.</param>
    public static IRetrievalBuilder Use(this IRetrievalBuilder builder, string name, int limit, IRetriever retriever)
    {
        ArgumentNullException.ThrowIfNull(retriever);
        return builder.Add(name, limit, _ => retriever);
    }

    /// <summary>Adds a retriever that is a delegate.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">Its name.</param>
    /// <param name="limit">How many candidates it may propose, 1 or more.</param>
    /// <param name="retrieve">As <see cref="IRetriever.RetrieveAsync"/>.</param>
    public static IRetrievalBuilder Use(this IRetrievalBuilder builder, string name, int limit, Func<RequestContext, CandidateSink, CancellationToken, ValueTask> retrieve)
    {
        ArgumentNullException.ThrowIfNull(retrieve);
        return builder.Use(name, limit, new DelegateRetriever(retrieve));
    }

    /// <summary>Adds a filter.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">Its name.</param>
    /// <param name="filter">The filter; thread-safe; the host disposes it.</param>
    public static IFilterBuilder Use(this IFilterBuilder builder, string name, IFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return builder.Add(name, _ => filter);
    }

    /// <summary>Adds a filter that is a delegate.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">Its name.</param>
    /// <param name="filter">As <see cref="IFilter.FilterAsync"/>.</param>
    public static IFilterBuilder Use(this IFilterBuilder builder, string name, Func<RequestContext, CandidateTable, CancellationToken, ValueTask> filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return builder.Use(name, new DelegateStep(filter));
    }

    /// <summary>Adds a ranker.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">Its name.</param>
    /// <param name="ranker">The ranker; thread-safe; the host disposes it.</param>
    public static IRankingBuilder Use(this IRankingBuilder builder, string name, IRanker ranker)
    {
        ArgumentNullException.ThrowIfNull(ranker);
        return builder.Add(name, _ => ranker);
    }

    /// <summary>Adds a ranker that is a delegate.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">Its name.</param>
    /// <param name="rank">As <see cref="IRanker.RankAsync"/>.</param>
    public static IRankingBuilder Use(this IRankingBuilder builder, string name, Func<RequestContext, CandidateTable, CancellationToken, ValueTask> rank)
    {
        ArgumentNullException.ThrowIfNull(rank);
        return builder.Use(name, new DelegateStep(rank));
    }

    /// <summary>Adds a re-ranker.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">Its name.</param>
    /// <param name="reRanker">The re-ranker; thread-safe; the host disposes it.</param>
    public static IReRankingBuilder Use(this IReRankingBuilder builder, string name, IReRanker reRanker)
    {
        ArgumentNullException.ThrowIfNull(reRanker);
        return builder.Add(name, _ => reRanker);
    }

    /// <summary>Adds a re-ranker that is a delegate.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">Its name.</param>
    /// <param name="reRank">As <see cref="IReRanker.ReRankAsync"/>.</param>
    public static IReRankingBuilder Use(this IReRankingBuilder builder, string name, Func<RequestContext, CandidateTable, CancellationToken, ValueTask> reRank)
    {
        ArgumentNullException.ThrowIfNull(reRank);
        return builder.Use(name, new DelegateStep(reRank));
    }
}
