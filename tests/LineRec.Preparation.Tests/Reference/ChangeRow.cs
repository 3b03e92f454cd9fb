namespace LineRec.Preparation.Tests.Reference;

/// <summary>A change of an entity's features.</summary>
internal sealed record ChangeRow(string? Entity, long? Time, double? Level, long? Count);
