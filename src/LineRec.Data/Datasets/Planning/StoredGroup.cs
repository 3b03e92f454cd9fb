using ParquetSharp;

namespace LineRec.Data;

/// <summary>A row group as its footer describes it.</summary>
internal sealed class StoredGroup
{
    private StoredGroup(int index, int rows, long bytes, IReadOnlyDictionary<int, StoredChunk> columns) => (Index, Rows, Bytes, Columns) = (index, rows, bytes, columns);

    public int Index { get; }

    public int Rows { get; }

    public long Bytes { get; }

    /// <summary>Its columns, by the number of the Parquet column.</summary>
    public IReadOnlyDictionary<int, StoredChunk> Columns { get; }

    public static StoredGroup Read(int index, RowGroupMetaData group, IEnumerable<Leaf> leaves, string writer)
    {
        if (group.NumRows is < 0 or > int.MaxValue / 2) throw new InvalidDataException($"row group {index} claims {group.NumRows} rows; it may hold 0 to {int.MaxValue / 2}");
        var columns = new Dictionary<int, StoredChunk>();
        foreach (var leaf in leaves) columns[leaf.Index] = StoredChunk.Read(group.GetColumnChunkMetaData(leaf.Index), leaf, writer);
        return new StoredGroup(index, (int)group.NumRows, group.TotalByteSize, columns);
    }

    /// <summary>Whether any row may meet a condition. Without statistics, any may.</summary>
    public bool MayHold(ColumnTest test, Leaf leaf) => Columns[leaf.Index].Range is not var (least, greatest) || test.MayHold(least, greatest, leaf);
}
