namespace LineRec;

/// <summary>One attribute of all items, by row. See <see cref="TextColumn"/>, <see cref="NumberColumn"/>, <see cref="TimeColumn"/>.</summary>
public abstract class CatalogColumn
{
    private protected CatalogColumn(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
    }

    /// <summary>The column's name.</summary>
    public string Name { get; }

    /// <summary>How many rows it has.</summary>
    public abstract int Count { get; }
}
