namespace LineRec.Data;

/// <summary>A column of numbers, truth values, times, or a vocabulary's numbers.</summary>
/// <typeparam name="T">The values' type; <see cref="long"/> for times, in milliseconds since 1970-01-01 UTC; <see cref="int"/> for a vocabulary's numbers.</typeparam>
public sealed class DatasetColumn<T> : DatasetColumn
    where T : unmanaged
{
    private readonly ReadOnlyMemory<T> _values;

    internal DatasetColumn(string name, ReadOnlyMemory<T> values, ReadOnlyMemory<bool> isNull, BatchLease lease)
        : base(name, values.Length, isNull, lease) => _values = values;

    /// <summary>The values, [Count]. Where null: NaN, <see cref="TimeColumn.Missing"/> for times, -1 for a vocabulary's numbers, else 0 or false.</summary>
    public ReadOnlyMemory<T> Values => Lease.Check(_values);

    internal override string Describe() => $"values of type {typeof(T).Name}";

    internal override DatasetColumn Join(IReadOnlyList<DatasetColumn> parts, BatchLease lease)
    {
        var values = new T[parts.Sum(p => p.Count)];
        int at = 0;
        foreach (var part in parts.Cast<DatasetColumn<T>>())
        {
            part.Values.CopyTo(values.AsMemory(at));
            at += part.Count;
        }

        return new DatasetColumn<T>(Name, values, JoinNulls(parts), lease);
    }
}
