namespace LineRec.Data;

/// <summary>Translates pooled item codes to catalog rows, each id looked up once.</summary>
internal sealed class ItemRows(Catalog catalog)
{
    private readonly List<int> _rows = [];

    public TextPool Pool { get; } = new();

    /// <summary>The row of a pooled item, or -1.</summary>
    public int RowOf(int code)
    {
        if (code < 0) return -1;
        while (_rows.Count <= code) _rows.Add(catalog.TryGetRow(Pool[_rows.Count], out int row) ? row : -1);
        return _rows[code];
    }
}
