namespace LineRec.Data;

/// <summary>Bounds what a row group takes in memory, from its footer alone.</summary>
internal static class RowGroupMemory
{
    private const int BytesAPlace = sizeof(int);
    private const int BytesANull = sizeof(bool);

    public static RowGroup Describe(int file, StoredGroup group, IReadOnlyDictionary<string, Leaf> leaves, IReadOnlyList<DatasetField> fields)
    {
        long kept = (long)group.Rows * BytesAPlace, decoding = 0;
        foreach (var field in fields)
        {
            kept += field.IsPartition ? (long)group.Rows * (BytesAPlace + BytesANull) : Kept(field, group.Rows, group.Columns[leaves[field.Name].Index]);
        }

        foreach (var leaf in leaves.Values)
        {
            var chunk = group.Columns[leaf.Index];
            decoding = Math.Max(decoding, (2 * chunk.Bytes) + Decoded(leaf.Field, group.Rows, chunk));
        }

        return new RowGroup(file, group.Index, group.Rows, group.Bytes, kept, decoding);
    }

    /// <summary>What a column takes until the window is over.</summary>
    private static long Kept(DatasetField field, int rows, StoredChunk chunk)
    {
        // A list's values are held as they were decoded until the window is complete, beside where they go.
        if (field.IsList) return (rows * (long)(BytesAPlace + BytesANull)) + Decoded(field, rows, chunk) + (chunk.Values * BytesAPlace) + Scalars(field, chunk.Values, chunk);
        return Scalars(field, rows, chunk);
    }

    // Texts: a code, their bytes and where each ends; an uncompressed dictionary has four bytes a text besides its bytes. Buffers grow by a quarter.
    private static long Scalars(DatasetField field, long values, StoredChunk chunk) => field.Type == typeof(string)
        ? (values * (BytesAPlace + BytesANull)) + (chunk.Bytes * 5 / 4)
        : values * (Width(field) + Width(field) + BytesANull);

    private static long Decoded(DatasetField field, int rows, StoredChunk chunk) =>
        (field.IsList ? (long)rows * BytesAPlace : 0) + (chunk.Values * (field.Type == typeof(string) ? BytesAPlace : Width(field))) + (field.Type == typeof(string) ? chunk.Bytes : 0);

    private static int Width(DatasetField field) => field.Type == typeof(DateTimeOffset) ? sizeof(long) : Type.GetTypeCode(field.Type) switch
    {
        TypeCode.Boolean or TypeCode.SByte or TypeCode.Byte => 1,
        TypeCode.Int16 or TypeCode.UInt16 => 2,
        TypeCode.Int32 or TypeCode.UInt32 or TypeCode.Single => 4,
        _ => 8,
    };
}
