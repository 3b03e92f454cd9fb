namespace LineRec.Recipes;

/// <summary>How a bundle does on a part of the cases, against the champion.</summary>
/// <param name="Slice">"placement home", "new users", "known users".</param>
/// <param name="Report">The figures.</param>
internal sealed record SliceReport(string Slice, EvaluationReport Report);
