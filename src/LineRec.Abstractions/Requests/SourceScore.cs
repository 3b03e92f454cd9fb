namespace LineRec;

/// <summary>One retriever's word on a candidate.</summary>
/// <param name="Source">The retriever's name.</param>
/// <param name="Score">Its score.</param>
/// <param name="Rank">Its place among the retriever's own, from 1.</param>
public sealed record SourceScore(string Source, float Score, int Rank);
