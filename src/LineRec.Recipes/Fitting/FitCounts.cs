namespace LineRec.Recipes;

/// <summary>What came of counting a share of a log.</summary>
/// <param name="Rows">Rows of the log that were read.</param>
/// <param name="HasImpressions">Whether the whole log has impressions: they decide which features there are.</param>
internal sealed record FitCounts(long Rows, bool HasImpressions);
