namespace LineRec;

/// <summary>One catalog's rows by item handle, looked up on first use. Thread-safe: a lost update is looked up again.</summary>
internal sealed class RowsOfHandles(ItemHandles items, Catalog catalog)
{
    private const int NotLookedUp = 0;

    /// <summary>Row + 2; 1 for an item that the catalog doesn't hold.</summary>
    private int[] _rows = new int[1024];

    /// <summary>The item's row, or -1.</summary>
    public int this[int handle]
    {
        get
        {
            var rows = Volatile.Read(ref _rows);
            if (handle < rows.Length && rows[handle] != NotLookedUp) return rows[handle] - 2;
            return LookUp(handle);
        }
    }

    private int LookUp(int handle)
    {
        var rows = Volatile.Read(ref _rows);
        if (handle >= rows.Length)
        {
            Array.Resize(ref rows, Math.Max(handle + 1, rows.Length * 2));
            Volatile.Write(ref _rows, rows);
        }

        catalog.TryGetRow(items.IdOf(handle), out int row);
        rows[handle] = row + 2;
        return row;
    }
}
