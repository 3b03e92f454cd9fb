namespace LineRec;

/// <summary>The answers to a run of queries, usually users: a part of a batch.</summary>
/// <remarks>Valid during the call that receives it; its memory is used again for the next part.</remarks>
/// <param name="FirstQuery">The first query's row in the matrix of queries.</param>
/// <param name="K">How many rows a query was asked for.</param>
/// <param name="Rows">The items' rows [queries, k], best first; -1 where fewer were found.</param>
/// <param name="Scores">Their scores [queries, k]; NaN where fewer were found.</param>
public readonly record struct BatchPart(int FirstQuery, int K, ReadOnlyMemory<int> Rows, ReadOnlyMemory<float> Scores)
{
    /// <summary>How many queries it answers.</summary>
    public int Queries => K == 0 ? 0 : Rows.Length / K;
}
