namespace LineRec.Features;

/// <summary>Tells a <see cref="FeatureCapture"/> in which slot each candidate was shown.</summary>
/// <param name="context">The request.</param>
/// <param name="candidates">The candidates.</param>
/// <param name="positions">Receives a slot a candidate, from 1.</param>
public delegate void CapturePositions(RequestContext context, CandidateTable candidates, Span<int> positions);
