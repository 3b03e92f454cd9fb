using System.Runtime.CompilerServices;
using ParquetSharp;

namespace LineRec.Data;

/// <summary>Bounds what a row group takes in memory, from its footer alone.</summary>
internal static class RowGroupMemory
{
    private const int BytesAPlace = sizeof(int);
    private const int BytesANull = sizeof(bool);

    /// <summary>Describes a row group.</summary>
    /// <param name="file">Its file's number in the plan.</param>
    /// <param name="group">The row group.</param>
    /// <param name="leaves">Where columns are stored.</param>
    /// <param name="fields">The columns of the output.</param>
    /// <param name="tested">The columns that conditions are on: of these, a row group's values are held at a time.</param>
    public static RowGroup Describe(int file, StoredGroup group, IReadOnlyDictionary<string, Leaf> leaves, IReadOnlyList<DatasetField> fields, IEnumerable<DatasetField> tested)
    {
        // Columns wait for their order in room that they share: the widest needs the most.
        long kept = (long)group.Rows * BytesAPlace, staged = 0, decoding = 0, tests = 0;
        var values = new List<long>();
        foreach (var field in fields)
        {
            var chunk = Chunk(field);
            values.Add(chunk?.Values ?? group.Rows);
            kept += Kept(field, group.Rows, values[^1], chunk?.Bytes ?? 0);
            staged = Math.Max(staged, values[^1] * Width(field));
        }

        foreach (var field in tested)
        {
            tests += Kept(field, group.Rows, group.Rows, Chunk(field)!.Bytes);
            staged = Math.Max(staged, (long)group.Rows * Width(field));
        }

        foreach (var leaf in leaves.Values) decoding = Math.Max(decoding, Decoded(leaf.Field, group.Columns[leaf.Index]));
        return new RowGroup(file, group.Index, group.Rows, group.Bytes, values, kept + staged, decoding + tests);

        StoredChunk? Chunk(DatasetField field) => field.IsPartition ? null : group.Columns[leaves[field.Name].Index];
    }

    // Which values are null is held in both orders. A list besides: where its elements are stored, and where they begin in both orders. Texts: their bytes and where each ends; an
    // uncompressed dictionary has four bytes a text besides its bytes; buffers grow by a quarter.
    private static long Kept(DatasetField field, int rows, long values, long bytes) =>
        (values * (Width(field) + BytesANull + BytesANull))
        + (field.IsList ? ((long)rows * ((3 * BytesAPlace) + BytesANull + BytesANull)) + BytesAPlace : 0)
        + (field.Type == typeof(string) ? bytes * 5 / 4 : 0);

    // What is stored, compressed or not, a page of it at most as large, its dictionary as values, and a batch. Of a text its address and length.
    private static long Decoded(DatasetField field, StoredChunk chunk)
    {
        long decoded = (3 * chunk.Bytes) + ChunkScratch.Bytes;
        if (field.Type != typeof(string)) return decoded;
        long texts = Math.Min(chunk.Values, (chunk.Bytes / sizeof(int)) + 1); // each is stored in four bytes at least: its length
        return decoded + (texts * Unsafe.SizeOf<ByteArray>()) + ChunkTexts.BytesFor(texts, chunk.Bytes);
    }

    // Of a text its code.
    private static int Width(DatasetField field) => field.Type == typeof(DateTimeOffset) ? sizeof(long) : Type.GetTypeCode(field.Type) switch
    {
        TypeCode.Boolean or TypeCode.SByte or TypeCode.Byte => 1,
        TypeCode.Int16 or TypeCode.UInt16 => 2,
        TypeCode.Int32 or TypeCode.UInt32 or TypeCode.Single or TypeCode.String => 4,
        _ => 8,
    };
}
