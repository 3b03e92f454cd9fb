namespace LineRec;

/// <summary>A ranked system that is a delegate.</summary>
/// <param name="name">Its name in reports.</param>
/// <param name="recommend">Answers a case as <see cref="IRankedSystem.Recommend"/> does; thread-safe.</param>
public sealed class RankedSystem(string name, Func<EvaluationCase, Span<int>, int> recommend) : IRankedSystem
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public int Recommend(EvaluationCase evaluationCase, Span<int> rows) => recommend(evaluationCase, rows);
}
