namespace LineRec;

/// <summary>Finds the items whose vectors score best against a query vector.</summary>
/// <remarks>Thread-safe for searching.</remarks>
public interface IVectorIndex
{
    /// <summary>How many vectors it holds; vector i belongs to catalog row i.</summary>
    int Count { get; }

    /// <summary>The vectors' length.</summary>
    int Dimension { get; }

    /// <summary>Whether answers are exact.</summary>
    bool IsExact { get; }

    /// <summary>Writes the best rows: score descending, NaN last, ties by ascending row.</summary>
    /// <param name="query">The query vector, of <see cref="Dimension"/> values.</param>
    /// <param name="rows">Receives rows; its length is the k asked for.</param>
    /// <param name="scores">Receives their scores; as long as <paramref name="rows"/>.</param>
    /// <returns>How many were written: min(k, count).</returns>
    /// <exception cref="ArgumentException">The query's length isn't the index's dimension, or the spans differ in length.</exception>
    int Search(ReadOnlySpan<float> query, Span<int> rows, Span<float> scores);
}
