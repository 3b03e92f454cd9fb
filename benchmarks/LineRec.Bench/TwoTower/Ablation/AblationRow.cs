namespace LineRec.Bench.TwoTower;

/// <summary>One variant on one task.</summary>
/// <param name="Variant">The variant's name.</param>
/// <param name="Task">The task's name.</param>
/// <param name="Recall">Recall@20.</param>
/// <param name="Ndcg">NDCG@20.</param>
/// <param name="ColdRecall">Recall@100 of items with no event before the split among their like; null where there are too few of them.</param>
/// <param name="Seconds">What a training computes, over all threads; that of a model that it went on from, or that chose a weight, isn't counted. Null where nothing is trained.</param>
/// <param name="RequestMicroseconds">The user tower's for one user, as <see cref="UserTowerClock"/> measures it; null without one.</param>
/// <param name="Cosine">The mean cosine between the vectors of the model that a training went on from and its own; null for one from nothing.</param>
/// <param name="CoOccurrenceWeight">What co-occurrence weighs beside the two-tower; null where they aren't joined.</param>
/// <param name="Parameters">How many numbers the model learnt by descent; 0 for counted co-occurrence.</param>
internal sealed record AblationRow(
    string Variant, string Task, AblationFigure Recall, AblationFigure Ndcg, AblationFigure? ColdRecall, AblationFigure? Seconds, AblationFigure? RequestMicroseconds, AblationFigure? Cosine, AblationFigure? CoOccurrenceWeight,
    long Parameters);
