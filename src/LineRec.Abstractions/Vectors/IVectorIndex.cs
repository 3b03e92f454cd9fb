namespace LineRec;

/// <summary>Finds the items whose vectors score best against a query vector.</summary>
/// <remarks>Thread-safe for searching.</remarks>
public interface IVectorIndex
{
    /// <summary>How many vectors it holds. Vector i belongs to catalog row i; rows stay what they are when others are removed.</summary>
    int Count { get; }

    /// <summary>The vectors' length.</summary>
    int Dimension { get; }

    /// <summary>What a score is.</summary>
    VectorMetric Metric { get; }

    /// <summary>Whether answers are exact.</summary>
    bool IsExact { get; }

    /// <summary>Writes the best rows: score descending, NaN last, ties by ascending row.</summary>
    /// <param name="query">The query vector, of <see cref="Dimension"/> values.</param>
    /// <param name="rows">Receives rows; its length is the k asked for.</param>
    /// <param name="scores">Receives their scores; as long as <paramref name="rows"/>.</param>
    /// <param name="eligible">The rows that may be found; null for all. k rows are found whenever that many are eligible.</param>
    /// <returns>How many were written: min(k, eligible rows that the index holds).</returns>
    /// <exception cref="ArgumentException">The query's length isn't the index's dimension, or the spans differ in length.</exception>
    int Search(ReadOnlySpan<float> query, Span<int> rows, Span<float> scores, RowSet? eligible = null);

    /// <summary>Searches for many queries: what <see cref="Search"/> answers for each, often faster than one by one.</summary>
    /// <param name="queries">The query vectors one after the other, n × <see cref="Dimension"/> values.</param>
    /// <param name="k">How many rows a query, 0 or more.</param>
    /// <param name="rows">Receives n × k rows; -1 where fewer than k were found.</param>
    /// <param name="scores">Receives n × k scores; NaN where fewer than k were found.</param>
    /// <param name="eligible">The rows that may be found; null for all.</param>
    /// <exception cref="ArgumentException">A length doesn't fit.</exception>
    void SearchBatch(ReadOnlySpan<float> queries, int k, Span<int> rows, Span<float> scores, RowSet? eligible = null)
    {
        int count = VectorBatch.Check(queries.Length, Dimension, k, rows.Length, scores.Length);
        for (int i = 0; i < count; i++)
        {
            Span<int> ownRows = rows.Slice(i * k, k);
            Span<float> ownScores = scores.Slice(i * k, k);
            int found = Search(queries.Slice(i * Dimension, Dimension), ownRows, ownScores, eligible);
            ownRows[found..].Fill(-1);
            ownScores[found..].Fill(float.NaN);
        }
    }
}
