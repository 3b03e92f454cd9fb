namespace LineRec.Data;

/// <summary>Bounds what a row group takes in memory, from its footer alone.</summary>
internal static class RowGroupMemory
{
    private const int BytesAPlace = sizeof(int);
    private const int BytesANull = sizeof(bool);

    public static RowGroup Describe(int file, StoredGroup group, IReadOnlyDictionary<string, Leaf> leaves, IReadOnlyList<DatasetField> fields)
    {
        // Columns wait for their order in room that they share: the widest needs the most.
        long kept = (long)group.Rows * BytesAPlace, staged = 0, decoding = 0;
        var values = new List<long>();
        foreach (var field in fields)
        {
            var chunk = field.IsPartition ? null : group.Columns[leaves[field.Name].Index];
            values.Add(chunk?.Values ?? group.Rows);
            kept += Kept(field, group.Rows, values[^1], chunk?.Bytes ?? 0);
            staged = Math.Max(staged, values[^1] * Width(field));
        }

        foreach (var leaf in leaves.Values)
        {
            var chunk = group.Columns[leaf.Index];
            decoding = Math.Max(decoding, (2 * chunk.Bytes) + Decoded(leaf.Field, group.Rows, chunk));
        }

        return new RowGroup(file, group.Index, group.Rows, group.Bytes, values, kept + staged, decoding);
    }

    // Which values are null is held in both orders. A list besides: where its elements are stored, how many, and where they begin in both orders. Texts: their bytes and where each ends; an
    // uncompressed dictionary has four bytes a text besides its bytes; buffers grow by a quarter.
    private static long Kept(DatasetField field, int rows, long values, long bytes) =>
        (values * (Width(field) + BytesANull + BytesANull))
        + (field.IsList ? (long)rows * ((4 * BytesAPlace) + BytesANull + BytesANull) : 0)
        + (field.Type == typeof(string) ? bytes * 5 / 4 : 0);

    private static long Decoded(DatasetField field, int rows, StoredChunk chunk) =>
        (field.IsList ? (long)rows * BytesAPlace : 0) + (chunk.Values * Width(field)) + (field.Type == typeof(string) ? chunk.Bytes : 0);

    // Of a text its code.
    private static int Width(DatasetField field) => field.Type == typeof(DateTimeOffset) ? sizeof(long) : Type.GetTypeCode(field.Type) switch
    {
        TypeCode.Boolean or TypeCode.SByte or TypeCode.Byte => 1,
        TypeCode.Int16 or TypeCode.UInt16 => 2,
        TypeCode.Int32 or TypeCode.UInt32 or TypeCode.Single or TypeCode.String => 4,
        _ => 8,
    };
}
