using Lucene.Net.Search;

namespace LineRec.Retrieval.Text;

/// <summary>One query on one index: finds the best rows and scores any.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class PreparedQuery(IndexSearcher searcher, Query query)
{
    private Weight? _weight;

    private Weight Weight => _weight ??= searcher.CreateNormalizedWeight(query);

    /// <summary>Whether any item fits.</summary>
    public bool FindsAny()
    {
        foreach (var leaf in searcher.TopReaderContext.Leaves)
        {
            if (Weight.GetScorer(leaf, null) is { } scorer && scorer.NextDoc() != DocIdSetIterator.NO_MORE_DOCS) return true;
        }

        return false;
    }

    /// <summary>Writes the best rows (document and row are the same number) and returns how many.</summary>
    public int Search(Span<int> rows, Span<float> scores)
    {
        int k = Math.Min(rows.Length, searcher.IndexReader.MaxDoc);
        if (k == 0) return 0;
        var collector = TopScoreDocCollector.Create(k, docsScoredInOrder: true);
        searcher.Search(query, collector);
        var hits = collector.GetTopDocs().ScoreDocs;
        for (int i = 0; i < hits.Length; i++) (rows[i], scores[i]) = (hits[i].Doc, hits[i].Score);
        return hits.Length;
    }

    /// <summary>Scores rows; 0 where the query doesn't fit.</summary>
    /// <param name="rows">Ascending rows.</param>
    /// <param name="scores">Receives a score a row.</param>
    public void Score(ReadOnlySpan<int> rows, Span<float> scores)
    {
        scores.Clear();
        int i = 0;
        foreach (var leaf in searcher.TopReaderContext.Leaves)
        {
            int end = leaf.DocBase + leaf.Reader.MaxDoc;
            var scorer = i < rows.Length && rows[i] < end ? Weight.GetScorer(leaf, null) : null;
            for (; i < rows.Length && rows[i] < end; i++)
            {
                int document = rows[i] - leaf.DocBase;
                if (scorer is not null && (scorer.DocID < document ? scorer.Advance(document) : scorer.DocID) == document) scores[i] = scorer.GetScore();
            }
        }
    }
}
