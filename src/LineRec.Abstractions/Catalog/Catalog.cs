using System.Collections.Frozen;

namespace LineRec;

/// <summary>
/// The items of one bundle as columns. An item is a row, 0 to <see cref="Count"/> - 1; rows are in ordinal order of item id,
/// so that ties broken by row are ties broken by id.
/// </summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class Catalog
{
    private readonly string[] _ids;
    private readonly Dictionary<string, int> _rows;
    private readonly FrozenDictionary<string, CatalogColumn> _columns;

    /// <summary>Creates a catalog. Arrays are not copied and must not change afterwards. O(items).</summary>
    /// <param name="ids">The item ids: distinct, not empty, in ordinal order.</param>
    /// <param name="columns">Columns of as many rows; names are distinct, case-sensitive.</param>
    /// <exception cref="ArgumentException">Ids are out of order or doubled, or a column has another length.</exception>
    public Catalog(string[] ids, IEnumerable<CatalogColumn> columns)
    {
        _ids = ids;
        _rows = new Dictionary<string, int>(ids.Length, StringComparer.Ordinal);
        for (int row = 0; row < ids.Length; row++)
        {
            if (string.IsNullOrEmpty(ids[row])) throw new ArgumentException($"Item id at row {row} is empty.", nameof(ids));
            if (row > 0 && string.CompareOrdinal(ids[row - 1], ids[row]) >= 0)
                throw new ArgumentException($"Item ids must be distinct and in ordinal order; '{ids[row]}' at row {row} follows '{ids[row - 1]}'. Sort with StringComparer.Ordinal.", nameof(ids));
            _rows.Add(ids[row], row);
        }

        _columns = columns.ToFrozenDictionary(c => c.Name, StringComparer.Ordinal);
        foreach (var column in _columns.Values)
        {
            if (column.Count != ids.Length)
                throw new ArgumentException($"Column '{column.Name}' has {column.Count} rows, the catalog {ids.Length}.", nameof(columns));
        }

        Category = Find<TextColumn>(CatalogColumns.Category);
        Brand = Find<TextColumn>(CatalogColumns.Brand);
        Shop = Find<TextColumn>(CatalogColumns.Shop);
        Title = Find<TextColumn>(CatalogColumns.Title);
        Price = Find<NumberColumn>(CatalogColumns.Price);
        Stock = Find<NumberColumn>(CatalogColumns.Stock);
        ListedAt = Find<TimeColumn>(CatalogColumns.ListedAt);
    }

    /// <summary>How many items there are.</summary>
    public int Count => _ids.Length;

    /// <summary>All item ids, by row.</summary>
    public ReadOnlySpan<string> Ids => _ids;

    /// <summary>All columns.</summary>
    public IReadOnlyCollection<CatalogColumn> Columns => _columns.Values;

    /// <summary>The category column (a path such as "toys/outdoor"), if there is one.</summary>
    public TextColumn? Category { get; }

    /// <summary>The brand column, if there is one.</summary>
    public TextColumn? Brand { get; }

    /// <summary>The shop (seller) column, if there is one.</summary>
    public TextColumn? Shop { get; }

    /// <summary>The title column, if there is one.</summary>
    public TextColumn? Title { get; }

    /// <summary>The price column in the shop's currency, if there is one.</summary>
    public NumberColumn? Price { get; }

    /// <summary>The stock column in pieces as of the bundle, if there is one; see <see cref="ILiveItems"/> for now.</summary>
    public NumberColumn? Stock { get; }

    /// <summary>When each item was first listed, if known.</summary>
    public TimeColumn? ListedAt { get; }

    /// <summary>The id of the item at a row.</summary>
    /// <param name="row">0 to Count - 1.</param>
    public string IdOf(int row) => _ids[row];

    /// <summary>Finds an item's row. O(1).</summary>
    /// <param name="itemId">The item.</param>
    /// <param name="row">Its row, or -1.</param>
    /// <returns>Whether the catalog holds the item.</returns>
    public bool TryGetRow(string itemId, out int row)
    {
        if (_rows.TryGetValue(itemId, out row)) return true;
        row = -1;
        return false;
    }

    /// <summary>Finds a column by name and type.</summary>
    /// <typeparam name="TColumn">The column's type.</typeparam>
    /// <param name="name">Its name, case-sensitive.</param>
    /// <returns>The column, or null where the catalog has none of that name and type.</returns>
    public TColumn? Find<TColumn>(string name)
        where TColumn : CatalogColumn => _columns.GetValueOrDefault(name) as TColumn;
}
