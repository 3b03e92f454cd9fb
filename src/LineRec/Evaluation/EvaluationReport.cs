namespace LineRec;

/// <summary>What an offline evaluation found.</summary>
/// <param name="Task">The task.</param>
/// <param name="K">How long the judged lists were.</param>
/// <param name="Cases">How many cases there were.</param>
/// <param name="Units">How many bootstrap units (users, sessions) they came from.</param>
/// <param name="Quality">A row a system.</param>
/// <param name="Paired">The pipeline up to its ranker minus each other system, a row a metric; empty without a pipeline.</param>
/// <param name="Stages">What each stage of the pipeline kept; empty without a pipeline.</param>
/// <param name="DegradedSlates">How many of the pipeline's answers said that something was missing.</param>
public sealed record EvaluationReport(
    string Task, int K, int Cases, int Units, IReadOnlyList<QualityRow> Quality, IReadOnlyList<PairedRow> Paired, IReadOnlyList<StageRow> Stages, int DegradedSlates)
{
    /// <summary>The row of a system.</summary>
    /// <param name="system">Its name.</param>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public QualityRow this[string system] => Quality.FirstOrDefault(q => q.System == system)
        ?? throw new ArgumentException($"The report has no system '{system}'; it has: {string.Join(", ", Quality.Select(q => q.System))}.", nameof(system));
}
