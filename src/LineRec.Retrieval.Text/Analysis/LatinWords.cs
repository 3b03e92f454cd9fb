using Lucene.Net.Tartarus.Snowball.Ext;

namespace LineRec.Retrieval.Text;

/// <summary>
/// Cuts runs of Latin letters and digits, hyphens among them, into words: "women's" is woman's stem, "wh-1000xm4" is one word and its two
/// parts, so that "wh1000xm4" and "1000xm4" find it too; "iphone15" is also iphone and 15. "3.5mm" stays whole.
/// </summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class LatinWords(bool stems)
{
    private const int LettersOfModel = 3; // "iphone15" is cut, "xm4" and "ps5" aren't
    private readonly EnglishStemmer _stemmer = new();
    private readonly List<string> _parts = [];

    /// <summary>Whether a character between two letters or digits holds them together.</summary>
    public static bool Joins(char before, char c, char after) => c switch
    {
        '-' or '_' or '\'' => TextScripts.IsLatin(before) && TextScripts.IsLatin(after),
        '.' => char.IsAsciiDigit(before) && char.IsAsciiDigit(after),
        _ => false,
    };

    public TextUnit Cut(ReadOnlySpan<char> run)
    {
        if (run.EndsWith("'s")) run = run[..^2];
        _parts.Clear();
        foreach (var range in run.SplitAny('-', '_', '\''))
        {
            if (!run[range].IsEmpty) _parts.Add(run[range].ToString());
        }

        if (_parts.Count == 1 && ModelNumber(_parts[0]) is var letters and > 0)
        {
            string whole = _parts[0];
            return new TextUnit(whole, [Stem(whole[..letters]), whole[letters..]], TextScript.Latin);
        }

        return _parts.Count == 1
            ? new TextUnit(Stem(_parts[0]), [], TextScript.Latin)
            : new TextUnit(Stem(string.Concat(_parts)), [.. _parts.Select(Stem)], TextScript.Latin);
    }

    /// <summary>How many letters come before nothing but digits; 0 where it isn't like that.</summary>
    private static int ModelNumber(string word)
    {
        int letters = word.AsSpan().IndexOfAnyExceptInRange('a', 'z');
        return letters >= LettersOfModel && !word.AsSpan(letters).ContainsAnyExceptInRange('0', '9') ? letters : 0;
    }

    private string Stem(string word)
    {
        if (!stems || word.AsSpan().ContainsAnyExceptInRange('a', 'z')) return word;
        _stemmer.SetCurrent(word);
        _stemmer.Stem();
        return _stemmer.Current;
    }
}
