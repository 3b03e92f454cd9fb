using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;
using Lucene.Net.Store;

namespace LineRec.Retrieval.Text;

/// <summary>
/// Finds items by words of their titles, brands and categories, Chinese and English mixed: BM25 over an index in memory. A query is words and
/// nothing else: no character of it is syntax, and none can make it fail.
/// </summary>
/// <remarks>
/// Thread-safe. A search allocates: Lucene's queries and collectors are made for each. BM25 is S. Robertson, H. Zaragoza, "The probabilistic
/// relevance framework: BM25 and beyond", Foundations and Trends in Information Retrieval 3 (2009), as Lucene has it.
/// </remarks>
public sealed class TitleIndex : IDisposable
{
    private const int RowsOfPart = 20_000; // fewer aren't worth a thread
    private readonly Lucene.Net.Store.Directory[] _directories;
    private readonly IndexReader _reader;
    private readonly IndexSearcher _searcher;
    private readonly KeywordQueries _queries;
    private readonly TextAnalysisPool _analyses;
    private readonly TitleIndexOptions _options;

    private TitleIndex(Lucene.Net.Store.Directory[] directories, IndexReader reader, Similarity similarity, TitleIndexOptions options)
    {
        (_directories, _reader, _options) = (directories, reader, options);
        _searcher = new IndexSearcher(reader) { Similarity = similarity };
        _queries = new KeywordQueries(options, reader);
        _analyses = new TextAnalysisPool(options.Analysis);
    }

    /// <summary>How many items there are, those without a title too.</summary>
    public int Count => _reader.MaxDoc;

    /// <summary>Indexes a catalog, on all cores. O(characters).</summary>
    /// <param name="catalog">The catalog; it must have the column title. Brand and category are indexed where it has them.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ArgumentException">The catalog has no titles, or an option is out of its range.</exception>
    /// <exception cref="InvalidOperationException">An option needs ICU, which can't start in this host; the message says what to do.</exception>
    public static TitleIndex Build(Catalog catalog, TitleIndexOptions? options = null, CancellationToken cancellationToken = default)
    {
        int parts = Math.Clamp(catalog.Count / RowsOfPart, 1, Environment.ProcessorCount);
        return Build(catalog, options ?? new TitleIndexOptions(), parts, cancellationToken);
    }

    /// <summary>Indexes a catalog in so many parts at once.</summary>
    internal static TitleIndex Build(Catalog catalog, TitleIndexOptions options, int parts, CancellationToken cancellationToken)
    {
        options.Validate();
        if (catalog.Title is null)
            throw new ArgumentException($"A title index needs the catalog's text column '{CatalogColumns.Title}', which it doesn't have. Add it to the items.", nameof(catalog));
        var similarity = new BM25Similarity(options.K1, options.B);
        var directories = new Lucene.Net.Store.Directory[parts];
        Parallel.For(0, parts, new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = parts }, part =>
        {
            directories[part] = new RAMDirectory();
            using var writer = new TitleWriter(catalog, options, directories[part], similarity);
            writer.Write((int)((long)catalog.Count * part / parts), (int)((long)catalog.Count * (part + 1) / parts), cancellationToken);
        });

        // One after the other, the parts' documents are the catalog's rows; their statistics add up, so that scores don't depend on the parts.
        var reader = new MultiReader(Array.ConvertAll(directories, IndexReader (d) => DirectoryReader.Open(d)), closeSubReaders: true);
        return new TitleIndex(directories, reader, similarity, options);
    }

    /// <summary>Finds the items that a query's words describe best: score descending, ties by ascending row.</summary>
    /// <param name="query">Any text; null, empty or without a word finds nothing. What comes after 1,024 characters or 32 words is ignored.</param>
    /// <param name="rows">Receives rows; its length is the k asked for.</param>
    /// <param name="scores">Receives their scores, over 0; as long.</param>
    /// <returns>How many were found.</returns>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public int Search(string? query, Span<int> rows, Span<float> scores)
    {
        if (rows.Length != scores.Length) throw new ArgumentException($"Room for {rows.Length} rows came with room for {scores.Length} scores.", nameof(scores));
        return Prepare(query) is { } prepared ? prepared.Search(rows, scores) : 0;
    }

    /// <summary>A query in Lucene's form, with as strict a match as finds something; null where it has no words.</summary>
    internal PreparedQuery? Prepare(string? query)
    {
        if (string.IsNullOrWhiteSpace(query) || Count == 0) return null;
        var units = _analyses.Analyse(query.Length > TitleIndexDefaults.MaxQueryLength ? query[..TitleIndexDefaults.MaxQueryLength] : query);
        StopWords.Drop(units);
        if (_queries.Make(units, _options.MinMatch) is not { } strict) return null;
        var prepared = new PreparedQuery(_searcher, strict);
        return strict.MinimumNumberShouldMatch == 1 || prepared.FindsAny() ? prepared : new PreparedQuery(_searcher, _queries.Make(units, 0f)!);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _reader.Dispose();
        foreach (var directory in _directories) directory.Dispose();
    }
}
