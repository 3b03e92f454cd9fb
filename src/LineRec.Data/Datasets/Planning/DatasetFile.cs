namespace LineRec.Data;

/// <summary>What is known of a file once its footer is read.</summary>
/// <param name="Source">The file.</param>
/// <param name="Partitions">Its path's keys and values.</param>
/// <param name="Leaves">By column name: where its values are stored.</param>
internal sealed record DatasetFile(DatasetSource Source, IReadOnlyDictionary<string, string?> Partitions, IReadOnlyDictionary<string, Leaf> Leaves);
