using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;

namespace LineRec;

/// <summary>
/// The catalog as an Arrow IPC stream: column "item_id" (text, in ordinal order) and a column an attribute: text dictionary-encoded
/// (codes are kept, embedding tables depend on them), numbers as float32, times as timestamp[ms, UTC].
/// </summary>
internal static class CatalogFile
{
    public const string IdColumn = "item_id";

    /// <summary>The schema's metadata that holds <see cref="BundleFingerprint.Of(Catalog)"/>.</summary>
    public const string FingerprintKey = "linerec.catalog";

    private const string File = BundleDefaults.CatalogFile;
    private const string Remedy = "Write the catalog anew and publish again.";
    private const int BatchRows = 1 << 18;

    public static void Write(string path, Catalog catalog)
    {
        var columns = catalog.Columns.OrderBy(c => c.Name, StringComparer.Ordinal).ToArray();
        if (columns.Any(c => c.Name == IdColumn)) throw new ArgumentException($"A catalog column can't be named '{IdColumn}': that is the items' ids.", nameof(catalog));
        var fields = new List<Field> { new(IdColumn, StringType.Default, nullable: false) };
        fields.AddRange(columns.Select(c => ArrowColumns.FieldOf(c)));
        var schema = new Schema(fields, new Dictionary<string, string> { [FingerprintKey] = BundleFingerprint.Of(catalog) });

        // The values of a text column are one dictionary for all batches: the stream holds it once.
        var dictionaries = columns.OfType<TextColumn>().ToDictionary(c => c.Name, c => (IArrowArray)ArrowColumns.Text(c.Values));
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        using var writer = new ArrowStreamWriter(stream, schema);
        writer.WriteStart();
        for (int start = 0; start < Math.Max(1, catalog.Count); start += BatchRows)
        {
            int count = Math.Min(BatchRows, catalog.Count - start);
            var arrays = new List<IArrowArray> { ArrowColumns.Text(catalog.Ids.Slice(start, count)) };
            arrays.AddRange(columns.Select(c => ArrowColumns.Slice(c, start, count, dictionaries.GetValueOrDefault(c.Name))));
            using var batch = new RecordBatch(schema, arrays, count);
            writer.WriteRecordBatch(batch);
        }

        writer.WriteEnd();
    }

    /// <summary>Reads the catalog of a bundle.</summary>
    /// <exception cref="BundleException">It is missing or no catalog.</exception>
    public static Catalog Read(string bundle)
    {
        string path = Path.Combine(bundle, File);
        if (!System.IO.File.Exists(path)) throw new BundleException(bundle, File, "it is missing; every bundle needs a catalog.", Remedy);
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
            using var reader = new ArrowStreamReader(stream);
            var schema = reader.Schema;
            if (schema.FieldsList.Count(f => f.Name == IdColumn) != 1) throw new InvalidDataException($"it has no column '{IdColumn}' (or several).");
            var readers = schema.FieldsList.Select(ArrowColumnReader.Create).ToArray();
            while (reader.ReadNextRecordBatch() is { } batch)
            {
                using (batch)
                {
                    for (int i = 0; i < readers.Length; i++) readers[i].Append(batch.Column(i));
                }
            }

            int id = schema.FieldsList.ToList().FindIndex(f => f.Name == IdColumn);
            var catalog = new Catalog(((ArrowTextReader)readers[id]).ToStrings(), readers.Where((_, i) => i != id).Select(r => r.ToColumn()));
            if (schema.Metadata is not null && schema.Metadata.TryGetValue(FingerprintKey, out string? expected) && BundleFingerprint.Of(catalog) != expected)
                throw new InvalidDataException("its item ids aren't those that it was written with.");
            return catalog;
        }
        catch (Exception e) when (e is not (BundleException or OutOfMemoryException))
        {
            // The Arrow reader meets damage with whatever its parts throw.
            throw new BundleException(bundle, File, $"it can't be read as a catalog: {e.Message}", Remedy, e);
        }
    }
}
