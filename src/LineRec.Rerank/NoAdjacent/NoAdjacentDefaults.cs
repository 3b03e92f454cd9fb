namespace LineRec.Rerank;

/// <summary>The defaults of the no-adjacent re-ranker.</summary>
public static class NoAdjacentDefaults
{
    /// <summary>The re-ranker's name.</summary>
    public const string Name = "no-adjacent";
}
