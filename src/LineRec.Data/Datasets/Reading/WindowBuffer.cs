namespace LineRec.Data;

/// <summary>The memory of one shuffle window; serves one window after another.</summary>
internal sealed class WindowBuffer(DatasetPlan plan, DatasetOptions options)
{
    private readonly ColumnBuilder[] _columns = [.. plan.Fields.Select(f => ColumnBuilder.For(f, options.Vocabularies.GetValueOrDefault(f.Name)))];
    private int[] _targets = [];

    public IReadOnlyList<ColumnBuilder> Columns => _columns;

    /// <summary>How many rows the window has in the end.</summary>
    public int Rows { get; private set; }

    public long Bytes => ((long)_targets.Length * sizeof(int)) + _columns.Sum(c => c.Bytes);

    /// <summary>Where each row of the window's row groups goes, or -1.</summary>
    public Memory<int> Targets(int rows)
    {
        if (_targets.Length < rows) _targets = GC.AllocateUninitializedArray<int>(rows);
        return _targets.AsMemory(0, rows);
    }

    public void Begin(int rows)
    {
        Rows = rows;
        foreach (var column in _columns) column.Begin(rows);
    }

    public DatasetColumn[] Slice(int start, int count, BatchLease lease) => [.. _columns.Select(c => c.Slice(start, count, lease))];
}
