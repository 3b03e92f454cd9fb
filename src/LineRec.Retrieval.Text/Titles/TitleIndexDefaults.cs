namespace LineRec.Retrieval.Text;

/// <summary>The defaults of the title index.</summary>
public static class TitleIndexDefaults
{
    /// <summary>How soon more occurrences of a word in one title stop to count: Lucene's k1.</summary>
    public const float K1 = 1.2f;

    /// <summary>How much a long title is marked down. Less than Lucene's 0.75, for titles are all short.</summary>
    public const float B = 0.3f;

    /// <summary>The share of a query's words that a title must hold.</summary>
    public const float MinMatch = 0.7f;

    /// <summary>How many words of a query count.</summary>
    public const int MaxWords = 32;

    /// <summary>How many characters of a query are read.</summary>
    public const int MaxQueryLength = 1024;
}
