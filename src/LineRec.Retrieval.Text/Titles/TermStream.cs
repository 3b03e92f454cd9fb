using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;

namespace LineRec.Retrieval.Text;

/// <summary>Hands words that are already cut to Lucene.</summary>
internal sealed class TermStream : TokenStream
{
    private readonly ICharTermAttribute _term;
    private int _next;

    public TermStream() => _term = AddAttribute<ICharTermAttribute>();

    public List<string> Terms { get; } = [];

    public override bool IncrementToken()
    {
        if (_next == Terms.Count) return false;
        ClearAttributes();
        _term.SetEmpty().Append(Terms[_next++]);
        return true;
    }

    public override void Reset()
    {
        base.Reset();
        _next = 0;
    }
}
