namespace LineRec;

/// <summary>By how much the pipeline up to its ranker is better than another system on the same cases.</summary>
/// <param name="Task">The task.</param>
/// <param name="Versus">The other system.</param>
/// <param name="Metric">"recall_at_20", "ndcg_at_20", "hit_rate_at_20" (with the k evaluated) or "mrr".</param>
/// <param name="Difference">The difference of the means; over 0 where the pipeline is better.</param>
/// <param name="Low">The lower end of its paired interval.</param>
/// <param name="High">The upper end.</param>
public sealed record PairedRow(string Task, string Versus, string Metric, double Difference, double Low, double High);
