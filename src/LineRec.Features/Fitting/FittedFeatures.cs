using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace LineRec.Features;

/// <summary>
/// A <see cref="FeatureSpec"/> with its fitted state: the item block's values and scales. Saved as features.json and features_items.npy.
/// </summary>
/// <remarks>Immutable and thread-safe. It owns the item block's memory; dispose it last.</remarks>
public sealed class FittedFeatures : IDisposable
{
    /// <summary>The file with spec and scales.</summary>
    public const string DocumentFile = "features.json";

    /// <summary>The file with the fitted columns of the item block, [items, columns].</summary>
    public const string ItemsFile = "features_items.npy";

    private readonly FeatureDocument _document;

    private FittedFeatures(FeatureDocument document, NpyMatrix<float> items) => (_document, Items) = (document, items);

    /// <summary>The features.</summary>
    public FeatureSpec Spec => _document.Spec;

    /// <summary>Only events before this instant were counted.</summary>
    public DateTimeOffset AsOf => _document.AsOf;

    /// <summary>How many events were counted.</summary>
    public long EventCount => _document.EventCount;

    /// <summary>How many items the catalog had.</summary>
    public int ItemCount => _document.ItemCount;

    /// <summary>The item block's fitted columns and their scales, in order.</summary>
    public IReadOnlyList<FittedColumn> ItemColumns => _document.ItemColumns;

    /// <summary>The item block's fitted columns, [items, columns]; one column of zeros where there is none.</summary>
    public NpyMatrix<float> Items { get; }

    /// <summary>The hash of spec and state, 32 hexadecimal digits; a model names that of the state it was trained with.</summary>
    public string Fingerprint => _document.Fingerprint;

    /// <summary>The fingerprints of earlier fits whose place this one takes, oldest first.</summary>
    public IReadOnlyList<string> RefreshOf => _document.RefreshOf;

    /// <summary>Whether a model that was trained with the state of a given fingerprint may be served with this one: it is this state, or one that this refreshes.</summary>
    /// <param name="fingerprint">The model's fingerprint.</param>
    public bool Accepts(string fingerprint) => fingerprint == Fingerprint || RefreshOf.Contains(fingerprint, StringComparer.Ordinal);

    /// <summary>Whether this state encodes the same features in the same order as another, with counts and scales of its own: a model may learn from examples of both, and one can refresh the other.</summary>
    /// <param name="other">The other state.</param>
    public bool EncodesLike(FittedFeatures other) => EncodesLike(other, Spec, ItemColumns);

    /// <summary>
    /// The same state with another pooling, for one that was chosen after the fit (while a tower was trained, say). It has a fingerprint of its
    /// own, and shares the item block: dispose one of the two, last.
    /// </summary>
    /// <param name="pooling">The pooling.</param>
    /// <exception cref="ArgumentException">The pooling is out of range.</exception>
    public FittedFeatures WithHistory(HistoryPooling pooling)
    {
        pooling.Validate();
        var document = _document with { Fingerprint = "", Spec = Spec with { History = pooling } };
        return new FittedFeatures(document with { Fingerprint = Hash(document, Items) }, Items);
    }

    /// <summary>
    /// The same state for another catalog, such as one with new items: scales, powers, edges and rates stay as they were learnt, so an item with the same
    /// attributes gets the same bits. New items count as without events. It takes this state's place for models (<see cref="Accepts"/>). O(items × columns).
    /// </summary>
    /// <param name="fittedWith">The catalog that this state was fitted with; its items keep the columns that come from their events.</param>
    /// <param name="catalog">The other catalog.</param>
    /// <exception cref="ArgumentException">A catalog lacks a column, or <paramref name="fittedWith"/> has another number of items.</exception>
    public FittedFeatures ForCatalog(Catalog fittedWith, Catalog catalog)
    {
        if (fittedWith.Count != ItemCount) throw new ArgumentException($"The features were fitted to {ItemCount} items; the catalog has {fittedWith.Count}. Give the catalog of the fit.", nameof(fittedWith));
        return Create(Spec, AsOf, EventCount, [.. ItemColumns], ItemBlock.Apply(this, fittedWith, catalog), catalog.Count, this);
    }

    /// <summary>Writes both files.</summary>
    /// <param name="directory">An existing folder; files of these names are replaced.</param>
    public void Save(string directory)
    {
        Items.Save(Path.Combine(directory, ItemsFile));
        File.WriteAllBytes(Path.Combine(directory, DocumentFile), JsonSerializer.SerializeToUtf8Bytes(_document, FeatureJson.Default.FeatureDocument));
    }

    /// <summary>Reads both files; the item block is mapped into memory.</summary>
    /// <param name="directory">The folder.</param>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, of a newer format, or the two don't belong together.</exception>
    public static FittedFeatures Load(string directory)
    {
        string path = Path.Combine(directory, DocumentFile);
        FeatureDocument document;
        try
        {
            document = JsonSerializer.Deserialize(File.ReadAllBytes(path), FeatureJson.Default.FeatureDocument) ?? throw new InvalidDataException($"'{path}' is empty.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"'{path}' isn't a feature state that this version reads: {error.Message} Fit the features anew.", error);
        }

        if (document.Format != FeatureDocument.CurrentFormat)
            throw new InvalidDataException($"'{path}' has format {document.Format}; this version reads {FeatureDocument.CurrentFormat}. Fit the features anew, or update LineRec.Features.");
        var items = NpyMatrix<float>.Open(Path.Combine(directory, ItemsFile));
        int columns = Math.Max(1, document.ItemColumns.Count);
        if (items.Rows == document.ItemCount && items.Columns == columns) return new FittedFeatures(document, items);
        items.Dispose();
        throw new InvalidDataException($"'{ItemsFile}' has the shape [{items.Rows}, {items.Columns}]; '{path}' says [{document.ItemCount}, {columns}]. Both files must come from one fit.");
    }

    /// <inheritdoc/>
    public void Dispose() => Items.Dispose();

    internal static FittedFeatures Create(FeatureSpec spec, DateTimeOffset asOf, long eventCount, FittedColumn[] columns, float[] values, int itemCount, FittedFeatures? refreshOf, string[]? replaced = null)
    {
        if (refreshOf is not null && !EncodesLike(refreshOf, spec, columns))
            throw new ArgumentException("A refresh needs the spec and the item columns of the earlier fit, in the same order; these differ. Fit without refreshOf and train the models anew.", nameof(refreshOf));
        var document = new FeatureDocument
        {
            Fingerprint = "",
            RefreshOf = [.. refreshOf is null ? [] : refreshOf.RefreshOf.Append(refreshOf.Fingerprint), .. replaced ?? []],
            AsOf = asOf.ToUniversalTime(),
            EventCount = eventCount,
            ItemCount = itemCount,
            ItemColumns = columns,
            Spec = spec,
        };
        var items = columns.Length == 0 ? new NpyMatrix<float>(new float[itemCount], 1) : new NpyMatrix<float>(values, columns.Length);
        return new FittedFeatures(document with { Fingerprint = Hash(document, items) }, items);
    }

    /// <summary>Hashes a document without fingerprint and the item block. O(items × columns).</summary>
    private static string Hash(FeatureDocument document, NpyMatrix<float> items)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(document, FeatureJson.Default.FeatureDocument));
        int chunk = Math.Max(1, (1 << 20) / items.Columns); // a span of bytes can't hold the largest blocks whole
        for (int row = 0; row < items.Rows; row += chunk) hash.AppendData(MemoryMarshal.AsBytes(items.Slice(row, Math.Min(chunk, items.Rows - row))));
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }

    private static bool EncodesLike(FittedFeatures other, FeatureSpec spec, IEnumerable<FittedColumn> columns) =>
        SpecBytes(other.Spec).SequenceEqual(SpecBytes(spec)) && other.ItemColumns.Select(c => c.Name).SequenceEqual(columns.Select(c => c.Name));

    private static byte[] SpecBytes(FeatureSpec spec) => JsonSerializer.SerializeToUtf8Bytes(spec, FeatureJson.Default.FeatureSpec);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"features {Fingerprint}: {ItemCount} items, {ItemColumns.Count} fitted item columns, {EventCount} events before {AsOf:u}");
}
