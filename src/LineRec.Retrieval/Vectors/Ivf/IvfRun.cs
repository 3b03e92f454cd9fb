namespace LineRec.Retrieval;

/// <summary>Blocks of a list, one after the other, that a probe scans.</summary>
/// <param name="List">The list.</param>
/// <param name="Block">The first block.</param>
/// <param name="Blocks">How many.</param>
/// <param name="Mean">The query's product with the list's mean, relative to the middle of the centroids.</param>
internal readonly record struct IvfRun(int List, int Block, int Blocks, float Mean);
