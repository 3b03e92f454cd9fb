using Apache.Arrow;

namespace LineRec.Data;

/// <summary>
/// Fills one column of a shuffle window: takes values in the order in which they are stored, and puts them into the window's once it has them all. Its arrays serve one window after another.
/// </summary>
internal abstract class ColumnBuilder(string name)
{
    private bool[] _storedNulls = [];
    private bool[] _nulls = [];
    private bool _hasNulls;
    private int _expected;

    public string Name => name;

    /// <summary>How many values it has taken.</summary>
    public int Stored { get; private set; }

    /// <summary>The bytes that it holds on to.</summary>
    public virtual long Bytes => _storedNulls.Length + _nulls.Length;

    public static ColumnBuilder For(DatasetField field, DatasetVocabulary? vocabulary, Staging staging)
    {
        if (field.IsList) return new ListColumnBuilder(field.Name, For(field with { IsList = false }, vocabulary, staging));
        if (field.Type == typeof(string)) return new TextColumnBuilder(field.Name, vocabulary, staging);
        if (field.Type == typeof(DateTimeOffset)) return new ValueColumnBuilder<long>(field.Name, TimeColumn.Missing, staging);
        return Type.GetTypeCode(field.Type) switch
        {
            TypeCode.Boolean => new ValueColumnBuilder<bool>(field.Name, false, staging),
            TypeCode.SByte => new ValueColumnBuilder<sbyte>(field.Name, 0, staging),
            TypeCode.Byte => new ValueColumnBuilder<byte>(field.Name, 0, staging),
            TypeCode.Int16 => new ValueColumnBuilder<short>(field.Name, 0, staging),
            TypeCode.UInt16 => new ValueColumnBuilder<ushort>(field.Name, 0, staging),
            TypeCode.Int32 => new ValueColumnBuilder<int>(field.Name, 0, staging),
            TypeCode.UInt32 => new ValueColumnBuilder<uint>(field.Name, 0, staging),
            TypeCode.Int64 => new ValueColumnBuilder<long>(field.Name, 0, staging),
            TypeCode.UInt64 => new ValueColumnBuilder<ulong>(field.Name, 0, staging),
            TypeCode.Single => new ValueColumnBuilder<float>(field.Name, float.NaN, staging),
            TypeCode.Double => new ValueColumnBuilder<double>(field.Name, double.NaN, staging),
            _ => throw new ArgumentException($"Columns of type {field.Type} have no builder.", nameof(field)),
        };
    }

    /// <summary>Starts over.</summary>
    /// <param name="rows">How many rows will be taken.</param>
    /// <param name="values">How many values they have in all, at most.</param>
    public virtual void Begin(int rows, long values) => (Stored, _hasNulls, _expected) = (0, false, rows);

    /// <summary>Takes some values, which aren't needed afterwards.</summary>
    public void Add(IArrowArray values)
    {
        Store(values);
        var isNull = Take(values.Length, values.NullCount > 0);
        foreach (int place in new NullPlaces(values)) isNull[place] = true;
    }

    /// <summary>Completes a column.</summary>
    /// <param name="sources">Which of the values each row takes, [rows].</param>
    public virtual void Finish(ReadOnlySpan<int> sources)
    {
        if (_hasNulls) Fetch.Rows<bool>(_storedNulls, sources, Room.For(ref _nulls, sources.Length));
    }

    /// <summary>Completes the elements of a column of lists.</summary>
    /// <param name="starts">Which of the values each row's first element is, [rows].</param>
    /// <param name="offsets">Where each row's elements begin in the end, and where the last end, [rows + 1].</param>
    public virtual void FinishElements(ReadOnlySpan<int> starts, ReadOnlySpan<int> offsets)
    {
        if (_hasNulls) Fetch.Lists(_storedNulls, starts, offsets, Room.For(ref _nulls, offsets[^1]));
    }

    /// <summary>Some rows of the window as they lie.</summary>
    public abstract DatasetColumn Slice(int start, int count, BatchLease lease);

    /// <summary>Keeps values, null or not, as those from <see cref="Stored"/> on.</summary>
    protected abstract void Store(IArrowArray values);

    /// <summary>Counts values that were kept.</summary>
    /// <param name="count">How many.</param>
    /// <param name="haveNulls">Whether any of them is null.</param>
    /// <returns>Which of them are null, [count], all false yet; empty where no value is null so far.</returns>
    protected Span<bool> Take(int count, bool haveNulls)
    {
        int first = Stored;
        Stored += count;
        if (!haveNulls && !_hasNulls) return default;
        Room.Grow(ref _storedNulls, _hasNulls ? first : 0, Math.Max(_expected, Stored));
        if (!_hasNulls) _storedNulls.AsSpan(0, first).Clear();
        _hasNulls = true;
        var isNull = _storedNulls.AsSpan(first, count);
        isNull.Clear();
        return isNull;
    }

    protected ReadOnlyMemory<bool> Nulls(int start, int count) => _hasNulls ? _nulls.AsMemory(start, count) : default;
}
