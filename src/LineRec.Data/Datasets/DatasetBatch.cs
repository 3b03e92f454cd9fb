namespace LineRec.Data;

/// <summary>Some rows of a dataset as columns of equal length.</summary>
/// <remarks>
/// Belongs to its reader and is over with the next <see cref="DatasetReader.TryRead"/> or the reader's end: its memory is used again, so copy what must last. A tensor library copies anyway, or takes
/// <see cref="DatasetColumn{T}.Values"/> as they lie. To look at a column afterwards is an <see cref="InvalidOperationException"/>.
/// </remarks>
public sealed class DatasetBatch
{
    private readonly DatasetColumn[] _columns;

    internal DatasetBatch(DatasetColumn[] columns, int count, int epoch, DatasetPosition next) => (_columns, Count, Epoch, Next) = (columns, count, epoch, next);

    /// <summary>How many rows there are, 1 or more.</summary>
    public int Count { get; }

    /// <summary>The epoch that the rows belong to, from 0.</summary>
    public int Epoch { get; }

    /// <summary>Where reading goes on after this batch: what a checkpoint taken now should hold.</summary>
    public DatasetPosition Next { get; }

    /// <summary>The columns, in the order in which they were asked for.</summary>
    public IReadOnlyList<DatasetColumn> Columns => _columns;

    /// <summary>A column by its name.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="ArgumentException">It wasn't asked for.</exception>
    public DatasetColumn this[string name] => System.Array.Find(_columns, c => c.Name == name)
        ?? throw new ArgumentException($"The batch has no column '{name}'; it has {string.Join(", ", _columns.Select(c => c.Name))}. Add it to DatasetOptions.Columns.", nameof(name));

    /// <summary>The values of a column: numbers, truth values, times in milliseconds, or a vocabulary's numbers.</summary>
    /// <typeparam name="T">The values' type.</typeparam>
    /// <param name="name">The column.</param>
    /// <returns>Count values.</returns>
    /// <exception cref="ArgumentException">There is no such column, or it holds something else.</exception>
    public ReadOnlyMemory<T> Values<T>(string name)
        where T : unmanaged => As<DatasetColumn<T>>(name).Values;

    /// <summary>A text column.</summary>
    /// <param name="name">The column.</param>
    /// <exception cref="ArgumentException">There is no such column, or it holds something else.</exception>
    public DatasetTextColumn Text(string name) => As<DatasetTextColumn>(name);

    /// <summary>A column of lists.</summary>
    /// <param name="name">The column.</param>
    /// <exception cref="ArgumentException">There is no such column, or it holds something else.</exception>
    public DatasetListColumn List(string name) => As<DatasetListColumn>(name);

    private TColumn As<TColumn>(string name)
        where TColumn : DatasetColumn => this[name] as TColumn ?? throw new ArgumentException($"Column '{name}' holds {this[name].Describe()}. Ask for that.", nameof(name));
}
