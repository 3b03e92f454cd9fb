namespace LineRec.Retrieval.Text;

/// <summary>The fields of an item in the index.</summary>
internal static class TitleFields
{
    /// <summary>The title's words, and the parts of words that have some.</summary>
    public const string Title = "title";

    /// <summary>The title's Chinese characters and kana, one by one and in pairs.</summary>
    public const string Characters = "characters";

    /// <summary>The brand's words.</summary>
    public const string Brand = "brand";

    /// <summary>The words of the category path.</summary>
    public const string Category = "category";
}
