namespace LineRec.Features;

/// <summary>Chooses the candidates of a request that a <see cref="FeatureCapture"/> keeps.</summary>
/// <param name="context">The request.</param>
/// <param name="candidates">The candidates.</param>
/// <param name="kept">Holds 0 to Count - 1; receives the indexes to keep, each once, at the front.</param>
/// <returns>How many are kept; 0 leaves the request out.</returns>
public delegate int CaptureSelector(RequestContext context, CandidateTable candidates, Span<int> kept);
