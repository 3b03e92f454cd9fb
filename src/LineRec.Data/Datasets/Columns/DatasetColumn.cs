namespace LineRec.Data;

/// <summary>A column of a <see cref="DatasetBatch"/>, and as short-lived as that.</summary>
public abstract class DatasetColumn
{
    private readonly ReadOnlyMemory<bool> _isNull;

    private protected DatasetColumn(string name, int count, ReadOnlyMemory<bool> isNull, BatchLease lease) => (Name, Count, _isNull, Lease) = (name, count, isNull, lease);

    /// <summary>The column's name.</summary>
    public string Name { get; }

    /// <summary>How many values there are.</summary>
    public int Count { get; }

    /// <summary>Which values are null, [Count]; empty where none is.</summary>
    public ReadOnlyMemory<bool> IsNull => Lease.Check(_isNull);

    internal BatchLease Lease { get; }

    /// <summary>What it holds, for messages.</summary>
    internal abstract string Describe();

    /// <summary>Copies parts of one column, this among them, into one column of its own memory.</summary>
    internal abstract DatasetColumn Join(IReadOnlyList<DatasetColumn> parts, BatchLease lease);

    private protected static ReadOnlyMemory<bool> JoinNulls(IReadOnlyList<DatasetColumn> parts)
    {
        if (parts.All(p => p.IsNull.IsEmpty)) return default;
        var nulls = new bool[parts.Sum(p => p.Count)];
        int at = 0;
        foreach (var part in parts)
        {
            part.IsNull.Span.CopyTo(nulls.AsSpan(at));
            at += part.Count;
        }

        return nulls;
    }
}
