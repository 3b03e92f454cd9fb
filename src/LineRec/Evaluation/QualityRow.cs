namespace LineRec;

/// <summary>The quality of one system's lists of k items.</summary>
/// <param name="Task">The task.</param>
/// <param name="System">The system.</param>
/// <param name="Recall">Recall@k.</param>
/// <param name="Ndcg">NDCG@k.</param>
/// <param name="HitRate">HitRate@k.</param>
/// <param name="Mrr">MRR@k.</param>
/// <param name="Coverage">The share of the catalog that its lists show.</param>
/// <param name="Novelty">The mean self-information of its items in bits; NaN where popularity wasn't given.</param>
/// <param name="IntraListDiversity">The share of pairs in a list that differ in category; NaN without a category.</param>
/// <param name="ShortLists">How many lists had fewer than k items.</param>
/// <param name="EmptyLists">How many lists had none.</param>
public sealed record QualityRow(
    string Task,
    string System,
    ConfidenceInterval Recall,
    ConfidenceInterval Ndcg,
    ConfidenceInterval HitRate,
    ConfidenceInterval Mrr,
    double Coverage,
    double Novelty,
    double IntraListDiversity,
    int ShortLists,
    int EmptyLists);
