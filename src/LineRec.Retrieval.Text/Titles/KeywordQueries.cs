using Lucene.Net.Index;
using Lucene.Net.Search;

namespace LineRec.Retrieval.Text;

/// <summary>
/// Makes Lucene queries of words. There is no syntax and so none that could be wrong. A word counts where it fits best: in the title, in its
/// parts, in characters side by side, in the brand, in the category; several words add up.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class KeywordQueries(TitleIndexOptions options, IndexReader reader)
{
    private const float Others = 0.1f; // what a word's other places count beside its best: a tie-breaker
    private const int MinLettersForTypo = 4, MinLettersForTwo = 8, MaxCorrections = 20;

    /// <summary>The query of a text's words; null where it has none.</summary>
    /// <param name="units">The words; those beyond the most are ignored.</param>
    /// <param name="minMatch">The share of them that an item must hold.</param>
    public BooleanQuery? Make(List<TextUnit> units, float minMatch)
    {
        var query = new BooleanQuery(disableCoord: true);
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var unit in units)
        {
            if (known.Count == TitleIndexDefaults.MaxWords) break;
            if (known.Add(unit.Word)) query.Add(OfWord(unit), Occur.SHOULD);
        }

        if (known.Count == 0) return null;
        query.MinimumNumberShouldMatch = Math.Clamp((int)MathF.Ceiling(minMatch * known.Count), 1, known.Count);
        return query;
    }

    private DisjunctionMaxQuery OfWord(TextUnit unit)
    {
        var places = new DisjunctionMaxQuery(Others) { InTitle(unit.Word) };
        if (unit.Parts.Length > 0) places.Add(All(unit.Parts.Select(InTitle)));
        if (options.BrandWeight > 0f) places.Add(Weighted(new TermQuery(new Term(TitleFields.Brand, unit.Word)), options.BrandWeight));
        if (options.CategoryWeight > 0f) places.Add(Weighted(new TermQuery(new Term(TitleFields.Category, unit.Word)), options.CategoryWeight));
        if (unit.Script == TextScript.Cjk && options.CharacterWeight > 0f) places.Add(OfCharacters(unit.Word));
        return places;
    }

    private static BooleanQuery All(IEnumerable<Query> queries)
    {
        var all = new BooleanQuery(disableCoord: true);
        foreach (var query in queries) all.Add(query, Occur.MUST);
        return all;
    }

    /// <summary>A word's pairs of characters must all be there; their mean counts, so that it weighs about as much as a word.</summary>
    private Query OfCharacters(string word)
    {
        if (word.Length == 1) return Weighted(new TermQuery(new Term(TitleFields.Characters, word)), options.CharacterWeight);
        int pairs = word.Length - 1;
        return All(Enumerable.Range(0, pairs).Select(i => Weighted(new TermQuery(new Term(TitleFields.Characters, word.Substring(i, 2))), options.CharacterWeight / pairs)));
    }

    private Query InTitle(string word)
    {
        var term = new Term(TitleFields.Title, word);
        int typos = Math.Min(options.MaxTypos, word.Length >= MinLettersForTwo ? 2 : word.Length >= MinLettersForTypo ? 1 : 0);
        bool mayBeTypo = typos > 0 && !word.AsSpan().ContainsAnyExceptInRange('a', 'z') && reader.DocFreq(term) == 0;
        return mayBeTypo ? new FuzzyQuery(term, typos, prefixLength: 1, MaxCorrections, transpositions: true) : new TermQuery(term);
    }

    private static Query Weighted(Query query, float weight)
    {
        query.Boost = weight;
        return query;
    }
}
