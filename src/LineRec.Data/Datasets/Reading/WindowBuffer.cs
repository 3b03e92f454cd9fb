namespace LineRec.Data;

/// <summary>The memory of one shuffle window; serves one window after another.</summary>
internal sealed class WindowBuffer
{
    private readonly Staging _staging = new();
    private readonly ColumnBuilder[] _columns;
    private readonly ColumnBuilder[] _tested;
    private int[] _sources = [];

    public WindowBuffer(DatasetPlan plan, DatasetOptions options)
    {
        _columns = [.. plan.Fields.Select(f => ColumnBuilder.For(f, options.Vocabularies.GetValueOrDefault(f.Name), _staging))];
        _tested = [.. plan.RowTests.Select(t => ColumnBuilder.For(t.Field, vocabulary: null, _staging))];
    }

    public IReadOnlyList<ColumnBuilder> Columns => _columns;

    /// <summary>What conditions are asked of, [conditions]: a row group at a time, before any column is filled.</summary>
    public IReadOnlyList<ColumnBuilder> Tested => _tested;

    /// <summary>Room for a batch of what is read.</summary>
    public ChunkScratch Scratch { get; } = new();

    /// <summary>How many rows the window has in the end.</summary>
    public int Rows { get; set; }

    public long Bytes => _staging.Bytes + ((long)_sources.Length * sizeof(int)) + _columns.Sum(c => c.Bytes) + _tested.Sum(c => c.Bytes);

    /// <summary>Room for the place of each row among those that are decoded.</summary>
    public Span<int> Sources(int rows) => Room.For(ref _sources, rows);

    public DatasetColumn[] Slice(int start, int count, BatchLease lease) => [.. _columns.Select(c => c.Slice(start, count, lease))];
}
