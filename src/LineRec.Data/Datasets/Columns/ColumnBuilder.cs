using Apache.Arrow;

namespace LineRec.Data;

/// <summary>Fills one column of a shuffle window: each value is written to the place that the shuffle has given to its row. Its arrays serve one window after another.</summary>
internal abstract class ColumnBuilder(string name)
{
    private bool[] _nulls = [];
    private int _rows;

    public string Name => name;

    /// <summary>The bytes that it holds on to.</summary>
    public virtual long Bytes => _nulls.Length;

    protected bool HasNulls { get; private set; }

    public static ColumnBuilder For(DatasetField field, DatasetVocabulary? vocabulary)
    {
        if (field.IsList) return new ListColumnBuilder(field.Name, For(field with { IsList = false }, vocabulary));
        if (field.Type == typeof(string)) return new TextColumnBuilder(field.Name, vocabulary);
        if (field.Type == typeof(DateTimeOffset)) return new ValueColumnBuilder<long>(field.Name, TimeColumn.Missing);
        return Type.GetTypeCode(field.Type) switch
        {
            TypeCode.Boolean => new ValueColumnBuilder<bool>(field.Name, false),
            TypeCode.SByte => new ValueColumnBuilder<sbyte>(field.Name, 0),
            TypeCode.Byte => new ValueColumnBuilder<byte>(field.Name, 0),
            TypeCode.Int16 => new ValueColumnBuilder<short>(field.Name, 0),
            TypeCode.UInt16 => new ValueColumnBuilder<ushort>(field.Name, 0),
            TypeCode.Int32 => new ValueColumnBuilder<int>(field.Name, 0),
            TypeCode.UInt32 => new ValueColumnBuilder<uint>(field.Name, 0),
            TypeCode.Int64 => new ValueColumnBuilder<long>(field.Name, 0),
            TypeCode.UInt64 => new ValueColumnBuilder<ulong>(field.Name, 0),
            TypeCode.Single => new ValueColumnBuilder<float>(field.Name, float.NaN),
            TypeCode.Double => new ValueColumnBuilder<double>(field.Name, double.NaN),
            _ => throw new ArgumentException($"Columns of type {field.Type} have no builder.", nameof(field)),
        };
    }

    /// <summary>Starts over with room for some rows.</summary>
    public virtual void Begin(int rows)
    {
        _rows = rows;
        HasNulls = false;
    }

    /// <summary>Takes some rows' values.</summary>
    /// <param name="values">The values, [rows]; where <see cref="KeepsArrays"/>, they must stay until <see cref="Finish"/>.</param>
    /// <param name="targets">Where each goes, or -1 for nowhere, [rows].</param>
    public abstract void Add(IArrowArray values, ReadOnlyMemory<int> targets);

    /// <summary>Completes the window.</summary>
    public virtual void Finish()
    {
    }

    /// <summary>Whether arrays that were added are needed until <see cref="Finish"/>.</summary>
    public virtual bool KeepsArrays => false;

    /// <summary>Some rows of the window as they lie.</summary>
    public abstract DatasetColumn Slice(int start, int count, BatchLease lease);

    /// <summary>Which rows are null, [rows]: none but those that were set since <see cref="Begin"/>.</summary>
    protected Span<bool> NullFlags()
    {
        if (!HasNulls)
        {
            if (_nulls.Length < _rows) _nulls = new bool[_rows];
            _nulls.AsSpan(0, _rows).Clear();
            HasNulls = true;
        }

        return _nulls.AsSpan(0, _rows);
    }

    protected ReadOnlyMemory<bool> Nulls(int start, int count) => HasNulls ? _nulls.AsMemory(start, count) : default;
}
