namespace LineRec;

/// <summary>Describes the pipeline of one placement: retrieve, filter, rank, re-rank.</summary>
public interface IPlacementBuilder
{
    /// <summary>The placement's name.</summary>
    string Name { get; }

    /// <summary>Adds retrievers.</summary>
    /// <param name="configure">Names them.</param>
    IPlacementBuilder Retrieve(Action<IRetrievalBuilder> configure);

    /// <summary>Adds filters; they run in this order.</summary>
    /// <param name="configure">Names them.</param>
    IPlacementBuilder Filter(Action<IFilterBuilder> configure);

    /// <summary>Adds rankers; they run in this order.</summary>
    /// <param name="configure">Names them.</param>
    IPlacementBuilder Rank(Action<IRankingBuilder> configure);

    /// <summary>Adds re-rankers; they run in this order.</summary>
    /// <param name="configure">Names them.</param>
    IPlacementBuilder ReRank(Action<IReRankingBuilder> configure);

    /// <summary>Limits the slate, whatever a request asks for.</summary>
    /// <param name="count">1 or more.</param>
    IPlacementBuilder Take(int count);

    /// <summary>Names the placement that fills a slate which would be empty or short, and stands in for a failed component.</summary>
    /// <param name="placement">Another registered placement.</param>
    IPlacementBuilder FallBackTo(string placement);

    /// <summary>Limits the time of a request; what is late is left out.</summary>
    /// <param name="deadline">Over zero.</param>
    IPlacementBuilder Deadline(TimeSpan deadline);
}
