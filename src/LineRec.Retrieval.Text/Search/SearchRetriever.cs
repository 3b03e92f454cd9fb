using System.Buffers;

namespace LineRec.Retrieval.Text;

/// <summary>
/// Retrieves what the request's query describes. By keywords the score is BM25. With a text encoder it is
/// (1 - a) · BM25 / best BM25 + a · (1 + cosine) / (1 + best cosine), where the best are those of this query and a is the vectors' share: the
/// items found by keywords and those nearest to the query's vector, each with both parts. A request without a query, or whose query has no
/// word in it, gets no candidates and no scores (NaN).
/// </summary>
/// <remarks>
/// Thread-safe. It allocates, as Lucene does for each search. The weighted sum of scores scaled by their theoretical least and observed
/// greatest value is from S. Bruch, S. Gai, A. Ingber, "An analysis of fusion functions for hybrid retrieval", ACM TOIS 42 (2023), who found
/// it better than reciprocal rank fusion; unlike ranks it also says something of an item that wasn't found.
/// </remarks>
public sealed class SearchRetriever : IRetriever, ICandidateScorer
{
    private const int MostFound = 1000; // how many are looked for where scoring comes without retrieving
    private readonly TitleIndex _titles;
    private readonly TitleVectors? _vectors;
    private readonly float _vectorShare;

    /// <summary>Creates a retriever by keywords alone. O(1).</summary>
    /// <param name="titles">The index of the catalog's titles; it must outlive the retriever.</param>
    public SearchRetriever(TitleIndex titles) => _titles = titles;

    /// <summary>Creates a retriever by keywords and vectors.</summary>
    /// <param name="titles">The index of the catalog's titles; it must outlive the retriever.</param>
    /// <param name="encoder">Turns the query into a vector.</param>
    /// <param name="index">Finds vectors of the items' texts, by cosine.</param>
    /// <param name="vectors">These vectors [items, dimension] themselves, for scoring given items.</param>
    /// <param name="vectorShare">How much the vectors' part of a score counts, 0 to 1.</param>
    /// <exception cref="ArgumentException">Dimensions or counts differ, or the metric isn't the cosine.</exception>
    public SearchRetriever(TitleIndex titles, ITextEncoder encoder, IVectorIndex index, NpyMatrix<float> vectors, float vectorShare = SearchDefaults.VectorShare)
        : this(titles)
    {
        if (vectorShare is not (>= 0f and <= 1f)) throw new ArgumentOutOfRangeException(nameof(vectorShare), vectorShare, "The vectors' share must be 0 to 1.");
        if (vectors.Rows != titles.Count) throw new ArgumentException($"There are {vectors.Rows} vectors for {titles.Count} items. Embed the texts of this catalog anew.", nameof(vectors));
        (_vectors, _vectorShare) = (new TitleVectors(encoder, index, vectors), vectorShare);
    }

    /// <inheritdoc/>
    public ValueTask RetrieveAsync(RequestContext context, CandidateSink candidates, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled(cancellationToken);
        var found = Find(context, candidates.Limit);
        if (found.Query is null) return ValueTask.CompletedTask;
        if (found.Vector.IsEmpty)
        {
            foreach (var (row, score) in found.Keywords) candidates.Add(row, ScoreOf(found, score, float.NaN));
            return ValueTask.CompletedTask;
        }

        int[] rows = ArrayPool<int>.Shared.Rent(found.Nearest.Length + found.Keywords.Count);
        found.Nearest.CopyTo(rows);
        int count = found.Nearest.Length;
        foreach (int row in found.Keywords.Keys) rows[count++] = row;
        var all = rows.AsSpan(0, count);
        all.Sort();
        count = Distinct(all);
        float[] scores = ArrayPool<float>.Shared.Rent(count);
        ScoreSorted(found, all[..count], scores.AsSpan(0, count));
        candidates.Add(all[..count], scores.AsSpan(0, count));
        ArrayPool<int>.Shared.Return(rows);
        ArrayPool<float>.Shared.Return(scores);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public void Score(RequestContext context, ReadOnlySpan<int> rows, Span<float> scores)
    {
        var found = Find(context, MostFound);
        if (found.Query is null)
        {
            scores.Fill(float.NaN);
            return;
        }

        int[] sorted = rows.ToArray();
        int[] places = new int[rows.Length];
        for (int i = 0; i < places.Length; i++) places[i] = i;
        Array.Sort(sorted, places);
        var inOrder = new float[rows.Length];
        ScoreSorted(found, sorted, inOrder);
        for (int i = 0; i < places.Length; i++) scores[places[i]] = inOrder[i];
    }

    private static int Distinct(Span<int> sorted)
    {
        int count = 0;
        foreach (int row in sorted)
        {
            if (count == 0 || sorted[count - 1] != row) sorted[count++] = row;
        }

        return count;
    }

    private SearchScratch Find(RequestContext context, int limit)
    {
        var found = context.GetScratch<SearchScratch>(this);
        if (found.IsComplete) return found;
        string? text = context.Request.Query;
        var query = _titles.Prepare(text);
        if (query is null)
        {
            found.Complete(null, [], []);
            return found;
        }

        int k = Math.Min(limit, _titles.Count);
        var (rows, scores) = (new int[k], new float[k]);
        int count = query.Search(rows, scores);
        found.Complete(query, rows.AsSpan(0, count), scores.AsSpan(0, count));
        if (_vectors is not null) found.SearchVectors(_vectors, text!, k);
        return found;
    }

    /// <summary>Scores ascending rows.</summary>
    private void ScoreSorted(SearchScratch found, ReadOnlySpan<int> rows, Span<float> scores)
    {
        found.Query!.Score(rows, scores);
        float[] cosines = ArrayPool<float>.Shared.Rent(rows.Length);
        if (!found.Vector.IsEmpty) _vectors!.Score(found.Vector, rows, cosines.AsSpan(0, rows.Length));
        for (int i = 0; i < rows.Length; i++)
        {
            // A sum of several words depends on the order of adding in its last bit: what was found keeps its score.
            float keywords = found.Keywords.TryGetValue(rows[i], out float known) ? known : scores[i];
            scores[i] = ScoreOf(found, keywords, found.Vector.IsEmpty ? float.NaN : cosines[i]);
        }

        ArrayPool<float>.Shared.Return(cosines);
    }

    /// <summary>The two parts of a score; an item whose vector isn't finite has keywords alone.</summary>
    private float ScoreOf(SearchScratch found, float keywords, float cosine)
    {
        if (_vectors is null) return keywords;
        float score = found.BestKeywords > 0f ? (1f - _vectorShare) * (keywords / found.BestKeywords) : 0f;
        return float.IsNaN(cosine) ? score : score + (_vectorShare * ((1f + cosine) / (1f + found.BestCosine)));
    }
}
