namespace LineRec.Data;

/// <summary>
/// The items table: item_id, and optional category (a path such as "toys/outdoor"), brand, shop, title as text, price, margin, stock
/// as numbers, listed_at as a time, and any attribute column.
/// </summary>
public static class ItemTable
{
    /// <summary>The id column.</summary>
    public const string ItemId = "item_id";

    /// <summary>How many rows a row group is written with.</summary>
    public const int DefaultRowGroupSize = 100_000;

    private static readonly Dictionary<string, Type> Known = new(StringComparer.Ordinal)
    {
        [CatalogColumns.Category] = typeof(TextColumn),
        [CatalogColumns.Brand] = typeof(TextColumn),
        [CatalogColumns.Shop] = typeof(TextColumn),
        [CatalogColumns.Title] = typeof(TextColumn),
        [CatalogColumns.Price] = typeof(NumberColumn),
        [CatalogColumns.Margin] = typeof(NumberColumn),
        [CatalogColumns.Stock] = typeof(NumberColumn),
        [CatalogColumns.ListedAt] = typeof(TimeColumn),
    };

    /// <summary>
    /// Reads an items table. Rows are sorted by id in ordinal order. Unknown columns pass through: text as <see cref="TextColumn"/>, numbers
    /// and booleans as <see cref="NumberColumn"/>, timestamps and dates as <see cref="TimeColumn"/>; lists and structs are left out.
    /// Null numbers are NaN. O(items log items).
    /// </summary>
    /// <param name="path">The .parquet file.</param>
    /// <exception cref="InvalidDataException">It isn't a whole Parquet file, has no item_id, a null or doubled one, or a known column of a wrong type.</exception>
    public static Catalog Read(string path)
    {
        var (ids, columns) = AttributeTable.Read(path, ItemId, Known);
        return new Catalog(ids, columns);
    }

    /// <summary>Writes an items table. The same catalog gives the same bytes; NaN is written as null.</summary>
    /// <param name="path">The .parquet file; its folder is made.</param>
    /// <param name="catalog">The items.</param>
    public static void Write(string path, Catalog catalog) => AttributeTable.Write(path, ItemId, catalog.Ids, catalog.Columns, DefaultRowGroupSize);
}
