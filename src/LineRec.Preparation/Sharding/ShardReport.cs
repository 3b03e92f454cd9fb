namespace LineRec.Preparation;

/// <summary>What one share of a fit came to.</summary>
/// <param name="Rows">Rows of the log that it read.</param>
/// <param name="StateBytes">Bytes of its state file: what moves to the one that merges.</param>
public readonly record struct ShardReport(long Rows, long StateBytes);
