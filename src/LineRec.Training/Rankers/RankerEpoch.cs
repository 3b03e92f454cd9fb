namespace LineRec.Training;

/// <summary>One epoch of a ranker's training.</summary>
/// <param name="Loss">The mean loss.</param>
/// <param name="Metric">The held-out figure: minus the log loss for <see cref="RankingLoss.Pointwise"/>, else NDCG. Higher is better.</param>
/// <param name="CandidatesPerSecond">Its speed.</param>
public sealed record RankerEpoch(double Loss, double Metric, double CandidatesPerSecond);
