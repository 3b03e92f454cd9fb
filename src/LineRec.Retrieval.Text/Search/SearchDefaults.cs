namespace LineRec.Retrieval.Text;

/// <summary>The defaults of the search retriever.</summary>
public static class SearchDefaults
{
    /// <summary>The retriever's name.</summary>
    public const string Name = "search";

    /// <summary>The bundle file of the vectors of the items' texts.</summary>
    public const string TitleVectors = "title_vectors.npy";

    /// <summary>How much the vectors' part of a score counts.</summary>
    public const float VectorShare = 0.5f;
}
