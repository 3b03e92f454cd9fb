namespace LineRec.Retrieval.Text;

/// <summary>Cuts a text into words by script: Latin runs by <see cref="LatinWords"/>, the rest by <see cref="RunSegmenter"/>. Anything else separates.</summary>
/// <remarks>Not thread-safe; see <see cref="TextAnalysisPool"/>. Any string is a text: there is no syntax.</remarks>
internal sealed class TextAnalysis
{
    /// <summary>A word that is longer is cut off: no one types it, and Lucene has a limit too.</summary>
    public const int MaxWordLength = 64;

    private readonly TextFolding _folding;
    private readonly LatinWords _latin;
    private readonly RunSegmenter _segmenter;
    private readonly List<string> _words = [];

    public TextAnalysis(TextAnalysisOptions options)
    {
        _folding = new TextFolding(options.TraditionalAsSimplified);
        _latin = new LatinWords(options.EnglishStems);
        _segmenter = new RunSegmenter(options.Chinese);
    }

    /// <summary>Adds a text's words in their order, and, if wanted, its runs of Chinese and kana.</summary>
    public void Analyse(string text, List<TextUnit> units, List<string>? runs = null)
    {
        string folded = _folding.Fold(text);
        int i = 0;
        while (i < folded.Length)
        {
            int start = i;
            if (TextScripts.IsLatin(folded[i]))
            {
                i = EndOfLatin(folded, i);
                units.Add(_latin.Cut(folded.AsSpan(start, Math.Min(i - start, MaxWordLength))));
            }
            else if (TextScripts.IsOther(folded[i]))
            {
                bool isChinese = TextScripts.IsChinese(folded[i]);
                while (i < folded.Length && TextScripts.IsOther(folded[i]) && (!_segmenter.CutsChineseApart || TextScripts.IsChinese(folded[i]) == isChinese)) i++;
                AddRun(folded[start..i], isChinese, units, runs);
            }
            else
            {
                i++;
            }
        }
    }

    private static int EndOfLatin(string text, int i)
    {
        while (i < text.Length)
        {
            if (TextScripts.IsLatin(text[i])) i++;
            else if (i + 1 < text.Length && LatinWords.Joins(text[i - 1], text[i], text[i + 1])) i += 2;
            else break;
        }

        return i;
    }

    private void AddRun(string run, bool isChinese, List<TextUnit> units, List<string>? runs)
    {
        _words.Clear();
        _segmenter.Cut(run, isChinese, _words);
        foreach (string word in _words)
        {
            if (word.Length > 0) units.Add(new TextUnit(word.Length > MaxWordLength ? word[..MaxWordLength] : word, [], TextScripts.IsCjk(word[0]) ? TextScript.Cjk : TextScript.Other));
        }

        if (runs is null) return;
        for (int i = 0; i < run.Length; i++)
        {
            int start = i;
            while (i < run.Length && TextScripts.IsCjk(run[i])) i++;
            if (i > start) runs.Add(run[start..i]);
        }
    }
}
