namespace LineRec;

/// <summary>Scores given items for a request, on the scale on which it would retrieve them.</summary>
/// <remarks>Thread-safe. Synchronous and without allocation: it runs for every request.</remarks>
public interface ICandidateScorer
{
    /// <summary>Scores items.</summary>
    /// <param name="context">The request.</param>
    /// <param name="rows">Catalog rows.</param>
    /// <param name="scores">Receives a score a row, higher is better; NaN where there is none.</param>
    void Score(RequestContext context, ReadOnlySpan<int> rows, Span<float> scores);
}
