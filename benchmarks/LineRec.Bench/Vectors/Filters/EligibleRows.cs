using LineRec.Retrieval;

namespace LineRec.Bench.Vectors;

/// <summary>The eligible rows alone, in a matrix of their own: every search scans all of it.</summary>
internal sealed class EligibleRows : FilteredView
{
    private readonly NpyMatrix<float> _rows;

    public EligibleRows(VectorSet set, RowSet eligible)
        : this(Copy(set, eligible), set.Metric)
    {
    }

    private EligibleRows(NpyMatrix<float> rows, VectorMetric metric)
        : base("scan of the eligible rows alone", new FlatIndex(rows, metric)) => _rows = rows;

    public override int Search(ReadOnlySpan<float> query, Span<int> rows, Span<float> scores, RowSet? eligible) => base.Search(query, rows, scores, null);

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _rows.Dispose();
    }

    private static NpyMatrix<float> Copy(VectorSet set, RowSet eligible)
    {
        var rows = new List<int>(eligible.Count);
        eligible.ForEach(rows.Add);
        return MappedCopy.Create(rows.Count, set.Base.Columns, rows.Select(row => set.Base[row].ToArray()));
    }
}
