namespace LineRec.Data;

/// <summary>A column of lists: histories, or the set values of sparse multi-hot features. Row i holds the elements Offsets[i] to Offsets[i + 1] - 1: what an embedding bag takes.</summary>
public sealed class DatasetListColumn : DatasetColumn
{
    private readonly ReadOnlyMemory<int> _offsets;

    internal DatasetListColumn(string name, ReadOnlyMemory<int> offsets, DatasetColumn elements, ReadOnlyMemory<bool> isNull, BatchLease lease)
        : base(name, offsets.Length - 1, isNull, lease) => (_offsets, Elements) = (offsets, elements);

    /// <summary>Where each row's elements begin, [Count + 1]; the first is 0, the last Elements.Count. A null list is an empty one; <see cref="DatasetColumn.IsNull"/> tells them apart.</summary>
    public ReadOnlyMemory<int> Offsets => Lease.Check(_offsets);

    /// <summary>All elements, row after row; of the kind of a column without lists.</summary>
    public DatasetColumn Elements { get; }

    /// <summary>The elements' values.</summary>
    /// <typeparam name="T">Their type.</typeparam>
    /// <exception cref="InvalidOperationException">They are of another type.</exception>
    public ReadOnlyMemory<T> Values<T>()
        where T : unmanaged => (Elements as DatasetColumn<T> ?? throw new InvalidOperationException($"The lists of column '{Name}' hold {Elements.Describe()}, not values of type {typeof(T).Name}. Ask for that.")).Values;

    internal override string Describe() => $"lists of {Elements.Describe()}";

    internal override DatasetColumn Join(IReadOnlyList<DatasetColumn> parts, BatchLease lease)
    {
        var offsets = new int[parts.Sum(p => p.Count) + 1];
        int at = 0;
        foreach (var part in parts.Cast<DatasetListColumn>())
        {
            int first = offsets[at];
            foreach (int offset in part.Offsets.Span[1..]) offsets[++at] = first + offset;
        }

        return new DatasetListColumn(Name, offsets, Elements.Join([.. parts.Select(p => ((DatasetListColumn)p).Elements)], lease), JoinNulls(parts), lease);
    }
}
