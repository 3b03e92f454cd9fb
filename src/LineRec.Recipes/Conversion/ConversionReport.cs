namespace LineRec.Recipes;

/// <summary>What a conversion did.</summary>
/// <param name="Out">The log's folder.</param>
/// <param name="Events">Events written.</param>
/// <param name="Days">Days with an event.</param>
/// <param name="Items">Items written.</param>
/// <param name="BadRows">Rows that were left out, by reason.</param>
/// <param name="Quarantine">The folder with these rows; null where all were good.</param>
internal sealed record ConversionReport(string Out, long Events, int Days, int Items, IReadOnlyDictionary<string, long> BadRows, string? Quarantine);
