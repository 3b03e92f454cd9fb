namespace LineRec.Training;

/// <summary>What a ranker's training makes small.</summary>
public enum RankingLoss
{
    /// <summary>The log loss of each candidate's probability.</summary>
    Pointwise = 0,

    /// <summary>The softmax cross-entropy over each group; groups without a chosen candidate teach nothing.</summary>
    Listwise = 1,

    /// <summary>The sum of both: order within a request, and probabilities across requests (Sheng et al. 2023 join them likewise).</summary>
    Both = 2,
}
