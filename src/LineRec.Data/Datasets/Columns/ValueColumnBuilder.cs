using Apache.Arrow;

namespace LineRec.Data;

/// <summary>A column of numbers, truth values or times.</summary>
internal sealed class ValueColumnBuilder<T>(string name, T missing) : ColumnBuilder(name)
    where T : unmanaged, IEquatable<T>
{
    private T[] _values = [];
    private T[] _converted = [];

    public override long Bytes => base.Bytes + ((long)(_values.Length + _converted.Length) * System.Runtime.CompilerServices.Unsafe.SizeOf<T>());

    public override void Begin(int rows)
    {
        base.Begin(rows);
        if (_values.Length < rows) _values = GC.AllocateUninitializedArray<T>(rows);
    }

    public override void Add(IArrowArray values, ReadOnlyMemory<int> targets)
    {
        var from = ArrowValues.Read(values, ref _converted)[..targets.Length];
        var to = targets.Span;
        var placed = _values;
        if (values.NullCount == 0)
        {
            for (int i = 0; i < to.Length; i++)
            {
                int target = to[i];
                if (target >= 0) placed[target] = from[i];
            }

            return;
        }

        // Without a branch a value: which rows are null is as good as random.
        var validity = new Validity(values);
        var nulls = NullFlags();
        for (int i = 0; i < to.Length; i++)
        {
            int target = to[i];
            if (target < 0) continue;
            bool isThere = validity[i];
            nulls[target] = !isThere;
            placed[target] = isThere ? from[i] : missing;
        }
    }

    public override DatasetColumn Slice(int start, int count, BatchLease lease) => new DatasetColumn<T>(Name, _values.AsMemory(start, count), Nulls(start, count), lease);
}
