namespace LineRec.Data;

/// <summary>A damaged segment.</summary>
/// <param name="Path">Where it lies now.</param>
/// <param name="Reason">What is wrong with it.</param>
public sealed record QuarantinedSegment(string Path, string Reason);
