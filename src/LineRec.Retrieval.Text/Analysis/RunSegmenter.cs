using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Cn.Smart;
using Lucene.Net.Analysis.Cn.Smart.Hhmm;
using Lucene.Net.Analysis.Icu.Segmentation;
using Lucene.Net.Analysis.Standard;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Util;

namespace LineRec.Retrieval.Text;

/// <summary>Cuts a run of letters that aren't Latin into words.</summary>
/// <remarks>Not thread-safe: Lucene's tokenizers carry their state.</remarks>
internal sealed class RunSegmenter
{
    private readonly HHMMSegmenter? _chinese;
    private readonly Tokenizer _tokenizer;
    private readonly ICharTermAttribute _term;

    public RunSegmenter(ChineseWords chinese)
    {
        if (chinese == ChineseWords.SmartCn) _chinese = new HHMMSegmenter(); // itself, since SmartCn's tokenizer starts ICU for sentences
        _tokenizer = chinese == ChineseWords.Icu ? new ICUTokenizer(TextReader.Null) : new StandardTokenizer(LuceneVersion.LUCENE_48, TextReader.Null);
        _term = _tokenizer.GetAttribute<ICharTermAttribute>();
    }

    /// <summary>Whether Chinese is cut apart from other scripts.</summary>
    public bool CutsChineseApart => _chinese is not null;

    /// <summary>Adds a run's words, in order.</summary>
    public void Cut(string run, bool isChinese, List<string> words)
    {
        if (isChinese && _chinese is not null)
        {
            foreach (var word in _chinese.Process(run))
            {
                if (word.WordType is not (WordType.SENTENCE_BEGIN or WordType.SENTENCE_END)) words.Add(run[word.StartOffset..word.EndOffset]);
            }

            return;
        }

        _tokenizer.SetReader(new StringReader(run));
        _tokenizer.Reset();
        while (_tokenizer.IncrementToken()) words.Add(_term.ToString()!);
        _tokenizer.End();
        _tokenizer.Dispose(); // as Lucene closes a tokenizer; it takes the next reader all the same
    }
}
