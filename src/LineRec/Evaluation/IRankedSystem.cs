namespace LineRec;

/// <summary>Something that answers evaluation cases with a ranked list: a baseline, an oracle, a model under trial.</summary>
/// <remarks>Thread-safe: cases are evaluated in parallel.</remarks>
public interface IRankedSystem
{
    /// <summary>Its name in reports.</summary>
    string Name { get; }

    /// <summary>Answers a case.</summary>
    /// <param name="evaluationCase">The case; its targets are not to be looked at, except by an oracle that says so.</param>
    /// <param name="rows">Receives catalog rows, best first, each once, none of the case's excluded ones.</param>
    /// <returns>How many were written.</returns>
    int Recommend(EvaluationCase evaluationCase, Span<int> rows);
}
