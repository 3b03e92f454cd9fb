namespace LineRec;

/// <summary>How long each stage of one request took. Reading the user's history, asking the fallback and building the answer are in <see cref="Total"/> only.</summary>
/// <param name="Retrieve">Retrievers and merge.</param>
/// <param name="Filter">Filters.</param>
/// <param name="Rank">Rankers, with the encoding of features.</param>
/// <param name="ReRank">Re-rankers.</param>
/// <param name="Total">The whole request.</param>
public readonly record struct StageTimings(TimeSpan Retrieve, TimeSpan Filter, TimeSpan Rank, TimeSpan ReRank, TimeSpan Total);
