using Apache.Arrow;

namespace LineRec.Data;

/// <summary>A column of numbers, truth values or times.</summary>
internal sealed class ValueColumnBuilder<T>(string name, T missing, Staging staging) : StagedColumnBuilder<T>(name, staging)
    where T : unmanaged, IEquatable<T>
{
    public override DatasetColumn Slice(int start, int count, BatchLease lease) => new DatasetColumn<T>(Name, Values(start, count), Nulls(start, count), lease);

    protected override void Store(IArrowArray values, Span<T> to)
    {
        ArrowValues.Copy(values, to);
        foreach (int place in new NullPlaces(values)) to[place] = missing;
    }
}
