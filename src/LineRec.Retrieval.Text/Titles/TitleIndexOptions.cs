namespace LineRec.Retrieval.Text;

/// <summary>Options of the title index. An immutable value.</summary>
public sealed record TitleIndexOptions
{
    /// <summary>How titles and queries are cut into words.</summary>
    public TextAnalysisOptions Analysis { get; init; } = new();

    /// <summary>The weight of a word in the brand against 1 in the title, 0 or more; 0 leaves brands out. Default 0.6.</summary>
    public float BrandWeight { get; init; } = 0.6f;

    /// <summary>The weight of a word in the category path, 0 or more; 0 leaves categories out. Default 0.3.</summary>
    public float CategoryWeight { get; init; } = 0.3f;

    /// <summary>
    /// The weight of a Chinese word of which only the characters stand in the title side by side, 0 or more: words that were cut differently there. Default 0.5;
    /// 0 saves the memory of all pairs of characters.
    /// </summary>
    public float CharacterWeight { get; init; } = 0.5f;

    /// <summary>BM25's k1, 0 or more: how soon more occurrences of a word stop to count. Default 1.2.</summary>
    public float K1 { get; init; } = TitleIndexDefaults.K1;

    /// <summary>BM25's b, 0 to 1: how much a long title is marked down. Default 0.3.</summary>
    public float B { get; init; } = TitleIndexDefaults.B;

    /// <summary>The share of a query's words that an item must hold, 0 to 1, rounded up; one at least. Where no item does, one word is enough. Default 0.7.</summary>
    public float MinMatch { get; init; } = TitleIndexDefaults.MinMatch;

    /// <summary>
    /// How many typing errors (a letter added, left out, changed, or two swapped) are forgiven in a Latin word that no item has, 0 to 2: one from four letters on, the
    /// second from eight. The first letter must be right. Default 0: none.
    /// </summary>
    public int MaxTypos { get; init; }

    internal void Validate()
    {
        const string Owner = nameof(TitleIndexOptions);
        Analysis.Validate();
        if (!Fits(BrandWeight) || !Fits(CategoryWeight) || !Fits(CharacterWeight))
            throw new ArgumentException($"{Owner}: the weights are {BrandWeight}, {CategoryWeight} and {CharacterWeight}; they must be finite and 0 or more.");
        if (!Fits(K1)) throw new ArgumentException($"{Owner}: K1 is {K1}; it must be finite and 0 or more.");
        if (B is not (>= 0f and <= 1f)) throw new ArgumentException($"{Owner}: B is {B}; it must be 0 to 1.");
        if (MinMatch is not (>= 0f and <= 1f)) throw new ArgumentException($"{Owner}: MinMatch is {MinMatch}; it must be 0 to 1.");
        if (MaxTypos is < 0 or > 2) throw new ArgumentException($"{Owner}: MaxTypos is {MaxTypos}; it must be 0, 1 or 2.");
    }

    private static bool Fits(float weight) => weight >= 0f && float.IsFinite(weight);
}
