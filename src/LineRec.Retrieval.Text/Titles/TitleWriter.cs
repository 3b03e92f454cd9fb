using Lucene.Net.Analysis.Core;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search.Similarities;
using Lucene.Net.Store;
using Lucene.Net.Util;

namespace LineRec.Retrieval.Text;

/// <summary>Writes a part of a catalog, row after row, into an index in memory: document i is the part's i-th row, one without a title too.</summary>
internal sealed class TitleWriter : IDisposable
{
    private readonly Catalog _catalog;
    private readonly TitleIndexOptions _options;
    private readonly TextAnalysis _analysis;
    private readonly IndexWriter _writer;
    private readonly List<TextUnit> _units = [];
    private readonly List<string> _runs = [];
    private readonly TermStream _title = new(), _characters = new(), _brand = new(), _category = new();
    private readonly Document _document = [];

    public TitleWriter(Catalog catalog, TitleIndexOptions options, Lucene.Net.Store.Directory directory, Similarity similarity)
    {
        (_catalog, _options, _analysis) = (catalog, options, new TextAnalysis(options.Analysis));
        _writer = new IndexWriter(directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, new KeywordAnalyzer())
        {
            Similarity = similarity,
            MergePolicy = new LogDocMergePolicy(), // merges neighbours only: documents stay in the order of rows
            MergeScheduler = new SerialMergeScheduler(),
            RAMBufferSizeMB = 64,
        });
        _document.Add(Field(TitleFields.Title, _title, hasLength: true));
        if (options.CharacterWeight > 0f) _document.Add(Field(TitleFields.Characters, _characters, hasLength: false));
        if (options.BrandWeight > 0f && catalog.Brand is not null) _document.Add(Field(TitleFields.Brand, _brand, hasLength: false));
        if (options.CategoryWeight > 0f && catalog.Category is not null) _document.Add(Field(TitleFields.Category, _category, hasLength: false));
    }

    public void Write(int from, int to, CancellationToken cancellationToken)
    {
        for (int row = from; row < to; row++)
        {
            if (row % 1024 == 0) cancellationToken.ThrowIfCancellationRequested();
            _runs.Clear();
            Fill(_title, _catalog.Title![row], _runs);
            FillCharacters();
            Fill(_brand, _catalog.Brand?[row], null);
            Fill(_category, _catalog.Category?[row], null);
            _writer.AddDocument(_document);
        }

        _writer.ForceMerge(1);
        _writer.Commit();
    }

    public void Dispose()
    {
        _writer.Dispose();
        _title.Dispose();
        _characters.Dispose();
        _brand.Dispose();
        _category.Dispose();
    }

    private static Field Field(string name, TermStream terms, bool hasLength)
    {
        var type = new FieldType { IsIndexed = true, IsTokenized = true, IsStored = false, OmitNorms = !hasLength, IndexOptions = IndexOptions.DOCS_AND_FREQS };
        type.Freeze();
        return new Field(name, terms, type);
    }

    private void Fill(TermStream terms, string? text, List<string>? runs)
    {
        terms.Terms.Clear();
        if (text is null) return;
        _units.Clear();
        _analysis.Analyse(text, _units, runs);
        foreach (var unit in _units)
        {
            terms.Terms.Add(unit.Word);
            terms.Terms.AddRange(unit.Parts);
        }
    }

    private void FillCharacters()
    {
        var terms = _characters.Terms;
        terms.Clear();
        if (_options.CharacterWeight == 0f) return;
        foreach (string run in _runs)
        {
            for (int i = 0; i < run.Length; i++)
            {
                terms.Add(run.Substring(i, 1));
                if (i + 1 < run.Length) terms.Add(run.Substring(i, 2));
            }
        }
    }
}
