namespace LineRec;

/// <summary>What a stage of the funnel kept, mean over cases.</summary>
/// <param name="Stage">"retrieve", "filter", "rank" or "rerank".</param>
/// <param name="Recall">The share of targets among all candidates (retrieve, filter), or among the best k (rank, rerank).</param>
/// <param name="Candidates">How many candidates were left.</param>
public sealed record StageRow(string Stage, double Recall, double Candidates);
