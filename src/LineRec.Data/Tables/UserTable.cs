namespace LineRec.Data;

/// <summary>The optional users table: user_id and any attribute column. Rows are in ordinal order of user id.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class UserTable
{
    /// <summary>The id column.</summary>
    public const string UserId = "user_id";

    private static readonly Dictionary<string, Type> Known = [];
    private readonly Catalog _table;

    /// <summary>Creates a table. Arrays are not copied and must not change afterwards.</summary>
    /// <param name="ids">The user ids: distinct, not empty, in ordinal order.</param>
    /// <param name="columns">Columns of as many rows.</param>
    /// <exception cref="ArgumentException">Ids are out of order or doubled, or a column has another length.</exception>
    public UserTable(string[] ids, IEnumerable<CatalogColumn> columns) => _table = new Catalog(ids, columns);

    /// <summary>How many users there are.</summary>
    public int Count => _table.Count;

    /// <summary>All user ids, by row.</summary>
    public ReadOnlySpan<string> Ids => _table.Ids;

    /// <summary>All attribute columns.</summary>
    public IReadOnlyCollection<CatalogColumn> Columns => _table.Columns;

    /// <summary>Finds a user's row. O(1).</summary>
    /// <param name="userId">The user.</param>
    /// <param name="row">Its row, or -1.</param>
    /// <returns>Whether the table holds the user.</returns>
    public bool TryGetRow(string userId, out int row) => _table.TryGetRow(userId, out row);

    /// <summary>Finds a column by name and type.</summary>
    /// <typeparam name="TColumn">The column's type.</typeparam>
    /// <param name="name">Its name, case-sensitive.</param>
    /// <returns>The column, or null.</returns>
    public TColumn? Find<TColumn>(string name)
        where TColumn : CatalogColumn => _table.Find<TColumn>(name);

    /// <summary>Reads a users table; columns are taken as <see cref="ItemTable.Read"/> takes unknown ones.</summary>
    /// <param name="path">The .parquet file.</param>
    /// <exception cref="InvalidDataException">It isn't a whole Parquet file, or has no user_id, a null or a doubled one.</exception>
    public static UserTable Read(string path)
    {
        var (ids, columns) = AttributeTable.Read(path, UserId, Known);
        return new UserTable(ids, columns);
    }

    /// <summary>Writes the table. The same users give the same bytes.</summary>
    /// <param name="path">The .parquet file; its folder is made.</param>
    public void Write(string path) => AttributeTable.Write(path, UserId, Ids, Columns, ItemTable.DefaultRowGroupSize);
}
