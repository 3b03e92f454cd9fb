namespace LineRec.Data;

/// <summary>What is known of a file once its footer is read.</summary>
/// <param name="Source">The file.</param>
/// <param name="Partitions">Its path's keys and values.</param>
/// <param name="Leaves">By column name: where its values are stored.</param>
/// <param name="TextLeaves">The stored columns that are read as codes into a dictionary.</param>
/// <param name="MaxRows">The rows of its largest row group.</param>
internal sealed record DatasetFile(DatasetSource Source, IReadOnlyDictionary<string, string?> Partitions, IReadOnlyDictionary<string, Leaf> Leaves, IReadOnlyList<int> TextLeaves, int MaxRows);
