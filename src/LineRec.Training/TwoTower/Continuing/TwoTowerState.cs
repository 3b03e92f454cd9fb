using System.Text.Json;

namespace LineRec.Training;

/// <summary>
/// All that <see cref="TwoTowerTrainer.Continue"/> needs of a trained two-tower model: its weights by the keys of items and the names of
/// categories, so that a later catalog may have grown, shrunk or been reordered. A host that serves doesn't need it.
/// </summary>
/// <remarks>Immutable and thread-safe. Holds 8 × Dimension + 4 bytes an item in memory. The optimiser's moments aren't part of it.</remarks>
public sealed class TwoTowerState
{
    private const string DocumentFile = "state.json", KeysFile = "keys.json", RowsFile = "rows.npy", HistoryRowsFile = "history_rows.npy", VectorsFile = "vectors.npy", CountsFile = "counts.npy",
        CategoriesFile = "categories.npy", DenseFile = "dense.npy";

    internal TwoTowerState(TwoTowerStateDocument document, TwoTowerStateKeys keys, TwoTowerWeights weights, float[] vectors, int[] counts) =>
        (Document, Keys, Weights, Vectors, Counts) = (document, keys, weights, vectors, counts);

    /// <summary>How many items it knows.</summary>
    public int ItemCount => Keys.Items.Length;

    /// <summary>The length of its vectors.</summary>
    public int Dimension => Document.Dimension;

    /// <summary>The time of the last event that it was trained on.</summary>
    public DateTimeOffset TrainedUntil => Document.TrainedUntil;

    internal TwoTowerStateDocument Document { get; }

    internal TwoTowerStateKeys Keys { get; }

    internal TwoTowerWeights Weights { get; }

    /// <summary>The final item vectors [items, D].</summary>
    internal float[] Vectors { get; }

    /// <summary>How often each item was a positive.</summary>
    internal int[] Counts { get; }

    /// <summary>Writes it: state.json, keys.json (item ids and category names) and .npy files. state.json comes last, so that a folder with it is whole.</summary>
    /// <param name="directory">The folder; made if it isn't there. Not a bundle's, which would only be larger by it.</param>
    public void Save(string directory)
    {
        Directory.CreateDirectory(directory);
        string document = Path.Combine(directory, DocumentFile);
        File.Delete(document);
        Write(Weights.Items, Dimension, RowsFile);
        if (Weights.Histories is { } histories) Write(histories, Dimension, HistoryRowsFile);
        Write(Vectors, Dimension, VectorsFile);
        Write(Counts, 1, CountsFile);
        if (Weights.Categories is { } categories) Write(categories, Document.CategoryDimension, CategoriesFile);
        Write([.. Weights.Dense.SelectMany(p => p)], 1, DenseFile);
        using (var stream = File.Create(Path.Combine(directory, KeysFile))) JsonSerializer.Serialize(stream, Keys, TwoTowerStateJson.Default.TwoTowerStateKeys);
        using (var stream = File.Create(document)) JsonSerializer.Serialize(stream, Document, TwoTowerStateJson.Default.TwoTowerStateDocument);

        void Write<T>(T[] values, int columns, string file)
            where T : unmanaged
        {
            using var matrix = new NpyMatrix<T>(values, columns);
            matrix.Save(Path.Combine(directory, file));
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="directory">The folder.</param>
    /// <exception cref="FileNotFoundException">The folder holds no state, or one whose writing was cut short.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, of another format, or doesn't fit the others.</exception>
    public static TwoTowerState Open(string directory)
    {
        string path = Path.Combine(directory, DocumentFile);
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no '{path}', so '{directory}' holds no whole state of a two-tower model. Give the folder that TwoTowerState.Save wrote, or train anew with TwoTowerTrainer.Train.", path);
        var document = TwoTowerStateJson.Read(path, TwoTowerStateJson.Default.TwoTowerStateDocument);
        if (document.Format != TwoTowerStateDocument.CurrentFormat)
            throw new InvalidDataException($"'{path}' has format {document.Format}; this version reads {TwoTowerStateDocument.CurrentFormat}. Train anew with TwoTowerTrainer.Train.");
        var keys = TwoTowerStateJson.Read(Path.Combine(directory, KeysFile), TwoTowerStateJson.Default.TwoTowerStateKeys);
        int items = keys.Items.Length;
        float[] dense = Values<float>(DenseFile, document.DenseLengths.Sum(), 1);
        int at = 0;
        var weights = new TwoTowerWeights(
            Values<float>(RowsFile, items, document.Dimension),
            document.HistoryPooling.Table == TwoTowerTables.Item ? null : Values<float>(HistoryRowsFile, items, document.Dimension),
            keys.Categories is { } names ? Values<float>(CategoriesFile, names.Length + 1, document.CategoryDimension) : null,
            [.. document.DenseLengths.Select(length => dense[at..(at += length)])]);
        return new TwoTowerState(document, keys, weights, Values<float>(VectorsFile, items, document.Dimension), Values<int>(CountsFile, items, 1));

        T[] Values<T>(string file, int rows, int columns)
            where T : unmanaged
        {
            using var matrix = NpyMatrix<T>.Open(Path.Combine(directory, file));
            if (matrix.Rows == rows && matrix.Columns == columns) return matrix.Slice(0, rows).ToArray();
            throw new InvalidDataException($"'{Path.Combine(directory, file)}' is {matrix.Rows} × {matrix.Columns}; by the folder's other files it must be {rows} × {columns}. Files of two states were mixed; take a folder that TwoTowerState.Save wrote alone.");
        }
    }
}
