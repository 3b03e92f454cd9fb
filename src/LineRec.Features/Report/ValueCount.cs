namespace LineRec.Features;

/// <summary>A value and how many rows have it.</summary>
/// <param name="Value">The value; a number in the invariant culture.</param>
/// <param name="Count">How many rows.</param>
public sealed record ValueCount(string Value, long Count);
