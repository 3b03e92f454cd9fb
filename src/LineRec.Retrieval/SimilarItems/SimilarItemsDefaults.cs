namespace LineRec.Retrieval;

/// <summary>The defaults of the similar-items retriever.</summary>
public static class SimilarItemsDefaults
{
    /// <summary>The retriever's name.</summary>
    public const string Name = "similar-items";
}
