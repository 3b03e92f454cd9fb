namespace LineRec.Preparation.Tests.Reference;

/// <summary>An event as a log holds it, good or not: anything may be missing.</summary>
internal sealed record LogRow(string? User, string? Item, string? Type, long? Time, string? Placement);
