namespace LineRec.Retrieval;

/// <summary>How far a batch is.</summary>
/// <param name="Done">Queries whose answers are in files.</param>
/// <param name="Resumed">How many of these an earlier run had done.</param>
/// <param name="Total">All queries.</param>
public readonly record struct BatchRetrievalProgress(int Done, int Resumed, int Total);
