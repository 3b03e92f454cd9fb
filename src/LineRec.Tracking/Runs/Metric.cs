namespace LineRec.Tracking;

/// <summary>A figure at a step.</summary>
/// <param name="Key">The metric's name: letters, digits, '_', '-', '.', ' ' and '/', at most 250.</param>
/// <param name="Value">The figure; NaN and infinities are figures too.</param>
/// <param name="Timestamp">When it was measured; kept to the millisecond.</param>
/// <param name="Step">Where on the curve it belongs.</param>
public sealed record Metric(string Key, double Value, DateTimeOffset Timestamp, long Step);
