namespace LineRec.Extensibility.Tests;

/// <summary>A catalog of six items that the tests can follow by hand.</summary>
internal static class Shelf
{
    public static Catalog Catalog { get; } = new(
        ["a", "b", "c", "d", "e", "f"],
        [
            new NumberColumn(CatalogColumns.Price, [50, 10, 40, 20, 99, 30]),
            TextColumn.Encode(CatalogColumns.Brand, ["x", "y", "x", "z", "y", "z"]),
        ]);

    /// <summary>All six, best first from "a".</summary>
    public static (string ItemId, float Score)[] All { get; } = [("a", 6), ("b", 5), ("c", 4), ("d", 3), ("e", 2), ("f", 1)];
}
