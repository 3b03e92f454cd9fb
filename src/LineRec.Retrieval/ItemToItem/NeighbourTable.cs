namespace LineRec.Retrieval;

/// <summary>For each item its nearest items, best first, with their scores.</summary>
/// <remarks>Immutable and thread-safe. It owns its matrices.</remarks>
public sealed class NeighbourTable : IDisposable
{
    /// <summary>Wraps two matrices and owns them from then on.</summary>
    /// <param name="rows">Neighbours' rows [items, width], best first; -1 ends a row's list.</param>
    /// <param name="scores">Their scores [items, width], 0 after the end.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public NeighbourTable(NpyMatrix<int> rows, NpyMatrix<float> scores)
    {
        if (rows.Rows != scores.Rows || rows.Columns != scores.Columns)
            throw new ArgumentException($"The neighbours are [{rows.Rows}, {rows.Columns}], their scores [{scores.Rows}, {scores.Columns}]; both must be of one build.", nameof(scores));
        (Rows, Scores) = (rows, scores);
    }

    /// <summary>Neighbours' rows [items, width], best first; -1 ends a row's list.</summary>
    public NpyMatrix<int> Rows { get; }

    /// <summary>The neighbours' scores.</summary>
    public NpyMatrix<float> Scores { get; }

    /// <summary>How many items there are.</summary>
    public int Count => Rows.Rows;

    /// <summary>How many neighbours an item has at the most.</summary>
    public int Width => Rows.Columns;

    /// <summary>The neighbours of one item, best first.</summary>
    /// <param name="row">The item.</param>
    /// <param name="scores">Their scores.</param>
    public ReadOnlySpan<int> Of(int row, out ReadOnlySpan<float> scores)
    {
        var rows = Rows[row];
        int end = rows.IndexOf(-1);
        if (end < 0) end = rows.Length;
        scores = Scores[row][..end];
        return rows[..end];
    }

    /// <summary>Writes neighbours.npy and neighbour_scores.npy.</summary>
    /// <param name="directory">An existing folder.</param>
    public void Save(string directory)
    {
        Rows.Save(Path.Combine(directory, ItemToItemDefaults.Neighbours));
        Scores.Save(Path.Combine(directory, ItemToItemDefaults.NeighbourScores));
    }

    /// <summary>Maps the two files of a folder into memory.</summary>
    /// <param name="directory">The folder.</param>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    public static NeighbourTable Open(string directory) => new(
        NpyMatrix<int>.Open(Path.Combine(directory, ItemToItemDefaults.Neighbours)),
        NpyMatrix<float>.Open(Path.Combine(directory, ItemToItemDefaults.NeighbourScores)));

    /// <summary>A snapshot's table, opened once for all who ask.</summary>
    internal static NeighbourTable Of(ModelSnapshot snapshot, string neededBy)
    {
        var table = snapshot.GetOrCreate(ItemToItemDefaults.Neighbours, shared => new NeighbourTable(
            shared.GetMatrix<int>(ItemToItemDefaults.Neighbours, neededBy),
            shared.GetMatrix<float>(ItemToItemDefaults.NeighbourScores, neededBy)));
        if (table.Count != snapshot.Catalog.Count)
            throw new InvalidOperationException($"'{ItemToItemDefaults.Neighbours}' of bundle '{snapshot.Version}' has {table.Count} rows, its catalog {snapshot.Catalog.Count} items. Build the neighbours for this catalog anew.");
        return table;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Rows.Dispose();
        Scores.Dispose();
    }
}
