using System.Numerics;

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

    /// <summary>How many values it has taken, null or not.</summary>
    public int Stored { get; private set; }

    /// <summary>Which of the values that it has taken are null, [Stored]; empty where none is.</summary>
    public ReadOnlySpan<bool> StoredNulls => _hasNulls ? _storedNulls.AsSpan(0, Stored) : default;

    /// <summary>The bytes that it holds on to.</summary>
    public virtual long Bytes => _storedNulls.Length + _nulls.Length;

    public static ColumnBuilder For(DatasetField field, DatasetVocabulary? vocabulary, Staging staging)
    {
        if (field.IsList) return new ListColumnBuilder(field.Name, For(field with { IsList = false }, vocabulary, staging));
        if (field.Type == typeof(string)) return new TextColumnBuilder(field.Name, vocabulary, staging);
        if (field.Type == typeof(DateTimeOffset)) return new ValueColumnBuilder<long>(field.Name, TimeColumn.Missing, StoredValues.Times, staging);
        return Type.GetTypeCode(field.Type) switch
        {
            TypeCode.Boolean => new ValueColumnBuilder<bool>(field.Name, false, StoredValues.Flags, staging),
            TypeCode.SByte => Number<sbyte>(0),
            TypeCode.Byte => Number<byte>(0),
            TypeCode.Int16 => Number<short>(0),
            TypeCode.UInt16 => Number<ushort>(0),
            TypeCode.Int32 => Number(0),
            TypeCode.UInt32 => Number(0u),
            TypeCode.Int64 => Number(0L),
            TypeCode.UInt64 => Number(0ul),
            TypeCode.Single => Number(float.NaN),
            TypeCode.Double => Number(double.NaN),
            _ => throw new ArgumentException($"Columns of type {field.Type} have no builder.", nameof(field)),
        };

        ColumnBuilder Number<T>(T missing)
            where T : unmanaged, INumber<T> => new ValueColumnBuilder<T>(field.Name, missing, StoredValues.Numbers, staging);
    }

    /// <summary>Starts over.</summary>
    /// <param name="rows">How many rows will be taken.</param>
    /// <param name="values">How many values they have in all, at most.</param>
    public virtual void Begin(int rows, long values) => (Stored, _hasNulls, _expected) = (0, false, rows);

    /// <summary>Takes all values of a row group.</summary>
    /// <exception cref="InvalidDataException">They aren't what the file says of them. The library throws what it likes besides.</exception>
    public void Add(ColumnChunk chunk)
    {
        BeginChunk(chunk);
        while (chunk.HasNext)
        {
            int values = Read(chunk);
            Keep(chunk, values, chunk.Count);
        }

        chunk.CheckEnd();
    }

    /// <summary>Makes ready for a row group's values.</summary>
    public virtual void BeginChunk(ColumnChunk chunk)
    {
    }

    /// <summary>Reads the next values of a column chunk to where they belong from <see cref="Stored"/> on, dense.</summary>
    /// <returns>How many are not null.</returns>
    public abstract int Read(ColumnChunk chunk);

    /// <summary>Counts the values that were read last, and puts them to their places if there are nulls among them.</summary>
    /// <param name="chunk">Where they come from.</param>
    /// <param name="values">How many are not null.</param>
    /// <param name="count">How many there are with the nulls; of a column of lists how many entries.</param>
    public abstract void Keep(ColumnChunk chunk, int values, int count);

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
