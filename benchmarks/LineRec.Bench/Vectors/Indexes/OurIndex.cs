using System.Buffers;
using LineRec.Retrieval;

namespace LineRec.Bench.Vectors;

/// <summary>An index of this library: an <see cref="IVectorIndex"/> for each setting.</summary>
internal abstract class OurIndex(string name, bool exact) : IBenchIndex
{
    private VectorSet? _set;
    private IVectorIndex? _view;

    public IndexLabel Label { get; } = new("linerec", typeof(FlatIndex).Assembly.GetName().Version!.ToString(3), Machine.Simd, name, exact);

    public abstract IReadOnlyList<IReadOnlyList<string>> Settings { get; }

    public abstract long Bytes { get; }

    protected VectorSet Set => _set!;

    public void Build(VectorSet set, int threads)
    {
        _set = set;
        Build(threads);
    }

    public void Use(string setting) => _view = View(setting);

    public int Search(int query, Span<int> rows)
    {
        Span<float> scores = stackalloc float[rows.Length];
        return _view!.Search(_set!.Queries[query], rows, scores);
    }

    public void SearchBatch(int firstQuery, int count, int k, Span<int> rows)
    {
        float[] scores = ArrayPool<float>.Shared.Rent(rows.Length);
        _view!.SearchBatch(_set!.Queries.Slice(firstQuery, count), k, rows, scores.AsSpan(0, rows.Length));
        ArrayPool<float>.Shared.Return(scores);
    }

    public virtual void Dispose()
    {
    }

    protected abstract void Build(int threads);

    /// <summary>The index as it answers with a setting.</summary>
    protected abstract IVectorIndex View(string setting);
}
