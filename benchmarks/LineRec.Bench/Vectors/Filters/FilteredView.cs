using LineRec.Retrieval;

namespace LineRec.Bench.Vectors;

/// <summary>An index as the verb filters measures it.</summary>
internal class FilteredView(string name, IVectorIndex index) : IDisposable
{
    public string Name { get; } = name;

    /// <summary>Our indexes over a set.</summary>
    public static List<FilteredView> Create(VectorSet set)
    {
        var ivf = IvfIndex.Build(set.Base, new IvfOptions { Metric = set.Metric });
        return [new("Flat", new FlatIndex(set.Base, set.Metric)), new("Ivf", ivf), new("Ivf exact", ivf.With(IvfProbe.Exact))];
    }

    public virtual int Search(ReadOnlySpan<float> query, Span<int> rows, Span<float> scores, RowSet? eligible) => index.Search(query, rows, scores, eligible);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => (index as IDisposable)?.Dispose();
}
