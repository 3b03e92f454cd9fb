using System.Collections.Concurrent;

namespace LineRec.Retrieval.Text;

/// <summary>Analyses for many threads: each is used by one at a time.</summary>
internal sealed class TextAnalysisPool
{
    private readonly ConcurrentBag<TextAnalysis> _idle = [];
    private readonly TextAnalysisOptions _options;

    public TextAnalysisPool(TextAnalysisOptions options)
    {
        options.Validate();
        _options = options;
    }

    public List<TextUnit> Analyse(string text)
    {
        var units = new List<TextUnit>();
        if (!_idle.TryTake(out var analysis)) analysis = new TextAnalysis(_options);
        analysis.Analyse(text, units);
        _idle.Add(analysis);
        return units;
    }
}
