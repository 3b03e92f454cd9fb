using ParquetSharp;
using ParquetSharp.Arrow;

namespace LineRec.Data;

/// <summary>A file's footer: its columns, and its row groups with their statistics.</summary>
internal sealed class FileFooter
{
    private FileFooter(IReadOnlyDictionary<string, Leaf> leaves, IReadOnlyDictionary<string, string> unreadable, IReadOnlyList<StoredGroup> groups) =>
        (Leaves, Unreadable, Groups) = (leaves, unreadable, groups);

    /// <summary>The columns that can be read.</summary>
    public IReadOnlyDictionary<string, Leaf> Leaves { get; }

    /// <summary>The types of those that can't.</summary>
    public IReadOnlyDictionary<string, string> Unreadable { get; }

    public IReadOnlyList<StoredGroup> Groups { get; }

    public static FileFooter Read(DatasetSource source)
    {
        using var file = StoredFile.Open(source, path => new FileReader(path), stream => new FileReader(stream));
        using var parquet = file.ParquetReader;
        var (leaves, unreadable) = Columns(file.Schema, parquet.FileMetaData.Schema);
        var groups = new List<StoredGroup>();
        for (int g = 0; g < parquet.FileMetaData.NumRowGroups; g++)
        {
            using var group = parquet.RowGroup(g);
            groups.Add(StoredGroup.Read(g, group.MetaData, leaves.Values, parquet.FileMetaData.CreatedBy));
        }

        return new FileFooter(leaves, unreadable, groups);
    }

    private static (Dictionary<string, Leaf> Leaves, Dictionary<string, string> Unreadable) Columns(Apache.Arrow.Schema schema, SchemaDescriptor stored)
    {
        // A field of several stored columns is a struct or a map.
        var indexes = Enumerable.Range(0, stored.NumColumns).ToLookup(i => stored.Column(i).Path.ToDotVector()[0], StringComparer.Ordinal);
        var leaves = new Dictionary<string, Leaf>(StringComparer.Ordinal);
        var unreadable = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in schema.FieldsList)
        {
            int[] own = [.. indexes[field.Name]];
            if (own.Length == 1 && ArrowTypes.Field(field.Name, field.DataType) is { } known) leaves[field.Name] = Leaf.Of(own[0], known, ArrowTypes.Unit(field.DataType), stored.Column(own[0]));
            else unreadable[field.Name] = field.DataType.Name;
        }

        return (leaves, unreadable);
    }
}
