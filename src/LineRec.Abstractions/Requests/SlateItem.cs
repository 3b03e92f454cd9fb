namespace LineRec;

/// <summary>One item of a slate.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="Score">Its last score; higher is better. Comparable within one slate only.</param>
public readonly record struct SlateItem(string ItemId, float Score);
