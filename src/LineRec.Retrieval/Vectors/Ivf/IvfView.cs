namespace LineRec.Retrieval;

/// <summary>An <see cref="IvfIndex"/> searched with a probe of its own.</summary>
internal sealed class IvfView(IvfIndex index, IvfProbe probe) : IVectorIndex
{
    public int Count => index.Count;

    public int Dimension => index.Dimension;

    public VectorMetric Metric => index.Metric;

    public bool IsExact => probe.IsExact;

    public int Search(ReadOnlySpan<float> query, Span<int> rows, Span<float> scores, RowSet? eligible = null) => index.Search(query, rows, scores, eligible, probe);

    public void SearchBatch(ReadOnlySpan<float> queries, int k, Span<int> rows, Span<float> scores, RowSet? eligible = null) => index.SearchBatch(queries, k, rows, scores, eligible, probe);
}
