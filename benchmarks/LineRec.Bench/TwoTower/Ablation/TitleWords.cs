namespace LineRec.Bench.TwoTower;

/// <summary>The words of titles as signed sums over a few columns: a stand-in for a language model that needs no file.</summary>
internal static class TitleWords
{
    private const int Columns = 128;

    /// <summary>Puts the words' columns beside other features; null where items have no titles.</summary>
    public static NpyMatrix<float>? Beside(NpyMatrix<float>? features, Catalog catalog)
    {
        if (catalog.Title is not { } title) return null;
        int others = features?.Columns ?? 0, width = others + Columns;
        var values = new float[catalog.Count * width];
        for (int row = 0; row < catalog.Count; row++)
        {
            var to = values.AsSpan(row * width, width);
            if (features is not null) features[row].CopyTo(to);
            string[] words = title.Codes[row] < 0 ? [] : title.Values[title.Codes[row]].ToUpperInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);
            foreach (string word in words)
            {
                uint hash = Hash(word);
                to[others + (int)(hash % Columns)] += ((hash >> 16) & 1) == 0 ? 1 : -1;
            }
        }

        return new NpyMatrix<float>(values, width);
    }

    // FNV-1a.
    private static uint Hash(string word)
    {
        uint hash = 2166136261;
        foreach (char c in word) hash = (hash ^ c) * 16777619;
        return hash ^ (hash >> 15);
    }
}
