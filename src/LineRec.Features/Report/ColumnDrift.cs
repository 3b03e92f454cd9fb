namespace LineRec.Features;

/// <summary>How far a column's distribution is from that of an earlier period.</summary>
/// <param name="Psi">The population stability index; under 0.1 is called stable, over 0.25 a large change. See <see cref="DriftMeasures.Psi"/>.</param>
/// <param name="Ks">The two-sample Kolmogorov-Smirnov distance, 0 to 1; null for texts, and where a period has no value. See <see cref="DriftMeasures.Ks"/>.</param>
/// <param name="KsPValue">How likely a distance as large is where nothing has changed, 0 to 1; with many rows even changes that don't matter are unlikely.</param>
/// <param name="MissingShareBefore">The earlier share of missing values.</param>
/// <param name="Before">The earlier values in the bins of the column's histogram; null for texts.</param>
public sealed record ColumnDrift(double Psi, double? Ks, double? KsPValue, double MissingShareBefore, Histogram? Before);
