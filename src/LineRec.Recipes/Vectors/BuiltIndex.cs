using LineRec.Retrieval;

namespace LineRec.Recipes;

/// <summary>An index that was built over a file of vectors.</summary>
/// <param name="Index">What it is, with its settings.</param>
/// <param name="File">Where it was saved; null for an exact scan, which needs no file but the vectors.</param>
/// <param name="Vectors">How many vectors it holds.</param>
/// <param name="Dimension">Their length.</param>
/// <param name="K">How many rows a search was measured with.</param>
/// <param name="Recall">The mean share of the true best K that searches found, on queries that tuned nothing.</param>
/// <param name="P50Microseconds">The median time of a search on one thread.</param>
/// <param name="P99Microseconds">The 99th percentile.</param>
/// <param name="QueriesAreVectors">Whether the queries were drawn from the vectors: with users' vectors recall is often lower.</param>
/// <param name="Choice">Why it was chosen, and what else was tried.</param>
internal sealed record BuiltIndex(
    string Index, string? File, int Vectors, int Dimension, int K, double Recall, double P50Microseconds, double P99Microseconds, bool QueriesAreVectors, string Choice)
{
    /// <summary>Lets <see cref="VectorIndex.Auto"/> choose, and saves what it chose.</summary>
    /// <param name="vectorsFile">The .npy file.</param>
    /// <param name="queriesFile">Queries as they will be asked, a .npy file; null: drawn from the vectors.</param>
    /// <param name="options">What to reach.</param>
    /// <param name="file">Where to save.</param>
    /// <exception cref="FileNotFoundException">A file isn't there.</exception>
    public static BuiltIndex Build(string vectorsFile, string? queriesFile, AutoIndexOptions options, string file)
    {
        using var vectors = NpyMatrix<float>.Open(vectorsFile);
        using var queries = queriesFile is null ? null : NpyMatrix<float>.Open(queriesFile);
        using var auto = VectorIndex.Auto(vectors, options with { Queries = queries, LiveShare = 0 });
        var saved = auto.Inner as IvfIndex;
        if (saved is not null) Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        saved?.Save(file);
        var chosen = auto.Choice.Chosen;
        return new BuiltIndex(
            chosen.Index, saved is null ? null : Path.GetFullPath(file), vectors.Rows, vectors.Columns, options.K, chosen.Recall,
            chosen.Median.TotalMicroseconds, chosen.Percentile99.TotalMicroseconds, auto.Choice.QueriesAreVectors, auto.Choice.ToString());
    }
}
