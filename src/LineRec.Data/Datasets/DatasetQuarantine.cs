namespace LineRec.Data;

/// <summary>Something that was left out because it couldn't be read.</summary>
/// <param name="Source">The file's name.</param>
/// <param name="RowGroup">The row group; -1 for the whole file.</param>
/// <param name="Rows">How many rows are lost in an epoch; 0 where the file doesn't say.</param>
/// <param name="Reason">What is wrong, where, and what to do.</param>
public sealed record DatasetQuarantine(string Source, int RowGroup, long Rows, string Reason);
