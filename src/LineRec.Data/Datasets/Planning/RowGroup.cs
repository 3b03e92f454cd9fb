namespace LineRec.Data;

/// <summary>A row group that is read.</summary>
/// <param name="File">Its file's number in the plan.</param>
/// <param name="Index">Its number in the file.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="StoredBytes">The size of all its columns, uncompressed.</param>
/// <param name="Values">How many values each wanted column stores, [fields]: rows, or elements of lists (some more are claimed where lists are empty).</param>
/// <param name="MemoryBytes">The most that the wanted columns take in memory.</param>
/// <param name="DecodingBytes">The most that one column takes while it is decoded.</param>
internal sealed record RowGroup(int File, int Index, int Rows, long StoredBytes, IReadOnlyList<long> Values, long MemoryBytes, long DecodingBytes);
