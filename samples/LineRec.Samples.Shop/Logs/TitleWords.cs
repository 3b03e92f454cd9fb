namespace LineRec.Samples.Shop.Logs;

/// <summary>
/// Derives a category from a title where the log has none: of its words, the one that most titles share, once words that only describe
/// (colours, sizes, materials, patterns) are left out: "JUMBO BAG RED RETROSPOT" is a bag.
/// </summary>
internal sealed class TitleWords
{
    private const int FewestTitles = 8;

    private static readonly HashSet<string> Describing = new(StringComparer.Ordinal)
    {
        "red", "pink", "blue", "white", "black", "green", "ivory", "cream", "gold", "golden", "silver", "yellow", "orange", "purple", "brown", "grey", "turquoise", "lilac", "amber", "turq", "crystal", "rose", "rosie", "natural", "multicolour", "multi", "colour", "pastel", "lavender",
        "set", "pack", "pcs", "asst", "assorted", "piece", "pair", "large", "small", "medium", "mini", "jumbo", "giant", "tall", "big", "long", "tiny", "size", "round", "square", "oval", "single", "double", "two", "three", "four", "tier", "drawer", "six", "dozen",
        "retrospot", "polkadot", "paisley", "woodland", "vintage", "retro", "spot", "spotty", "dolly", "girl", "boy", "strawberry", "skull", "skulls", "alphabet", "regency", "antique", "french", "english", "london", "union", "jack", "dotcomgiftshop", "design", "designs", "style", "traditional", "classic", "modern", "funky", "feltcraft", "spaceboy", "circus", "parade", "rustic", "botanical", "victorian", "edwardian", "folkart", "scandinavian", "fairy", "cake", "tea", "hanging", "happy", "lovely", "little", "sweet", "baby", "easter", "love", "butterfly", "bird", "flower", "flowers", "floral", "heart", "hearts", "star", "stars",
        "wood", "wooden", "metal", "glass", "ceramic", "paper", "enamel", "felt", "acrylic", "porcelain", "wicker", "zinc", "knitted", "cotton", "plastic", "tin", "iron", "shell", "pearl", "bead", "diamante", "the", "and", "with", "for", "from", "your", "home", "garden", "kitchen", "christmas", "xmas", "party", "boxed",
    };

    private readonly Dictionary<string, int> _titlesOf = new(StringComparer.Ordinal);

    /// <summary>Counts the words of a title, each once.</summary>
    public void Add(string title)
    {
        foreach (string word in Words(title).Distinct()) _titlesOf[word] = _titlesOf.GetValueOrDefault(word) + 1;
    }

    /// <summary>The category of a title that was counted with all others; "other" where no word is shared.</summary>
    public string CategoryOf(string title)
    {
        string? best = null;

        // Of equally frequent words the later one: the noun ends an English name.
        foreach (string word in Words(title))
        {
            if (_titlesOf.GetValueOrDefault(word) >= FewestTitles && (best is null || _titlesOf[word] >= _titlesOf[best])) best = word;
        }

        return best ?? "other";
    }

    /// <summary>A title without doubled or outer blanks, in lower case.</summary>
    public static string Normalise(string title) => string.Join(' ', title.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToLowerInvariant();

    private static IEnumerable<string> Words(string title)
    {
        foreach (string part in title.Split([' ', ',', '.', '/', '-', '+', '&', '(', ')', '"', '\'', '*', '!'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Length < 3 || !part.All(char.IsAsciiLetter)) continue;
            string word = part.ToLowerInvariant();
            if (Describing.Contains(word)) continue;
            yield return Singular(word);
        }
    }

    private static string Singular(string word) => word switch
    {
        _ when word.EndsWith("ies", StringComparison.Ordinal) && word.Length > 4 => word[..^3] + "y",
        _ when word.EndsWith("sses", StringComparison.Ordinal) || word.EndsWith("xes", StringComparison.Ordinal) || word.EndsWith("ches", StringComparison.Ordinal) || word.EndsWith("shes", StringComparison.Ordinal) => word[..^2],
        _ when word.EndsWith('s') && !word.EndsWith("ss", StringComparison.Ordinal) && word.Length > 3 => word[..^1],
        _ => word,
    };
}
