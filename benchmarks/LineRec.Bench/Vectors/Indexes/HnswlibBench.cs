using System.Globalization;
using System.Runtime.InteropServices;

namespace LineRec.Bench.Vectors;

/// <summary>hnswlib's graph.</summary>
internal sealed unsafe class HnswlibBench(int m) : IBenchIndex
{
    private const int EfConstruction = 200;

    private VectorSet? _set;
    private nint _index;

    public IndexLabel Label { get; } = new(
        "hnswlib",
        Marshal.PtrToStringUTF8((nint)Hnswlib.Version())!,
        Marshal.PtrToStringUTF8((nint)Hnswlib.Simd())!,
        string.Create(CultureInfo.InvariantCulture, $"HNSW M={m} efConstruction={EfConstruction}"),
        Exact: false);

    public IReadOnlyList<IReadOnlyList<string>> Settings { get; } = [Graphs.Breadths("ef")];

    public long Bytes => (long)Hnswlib.Bytes(_index);

    public void Build(VectorSet set, int threads)
    {
        _set = set;
        fixed (float* vectors = set.PeerBase[0])
        {
            _index = Hnswlib.Build(set.Metric == VectorMetric.L2 ? 1 : 0, vectors, (nuint)set.Base.Rows, (nuint)set.Base.Columns, (nuint)m, EfConstruction, threads);
        }

        if (_index == 0) throw new InvalidOperationException("hnswlib failed to build its graph; is there memory enough?");
    }

    public void Use(string setting) => Hnswlib.SetEf(_index, (nuint)Setting.Int(setting, "ef"));

    public int Search(int query, Span<int> rows)
    {
        fixed (float* values = _set!.PeerQueries[query])
        fixed (int* labels = rows)
        {
            int found = Hnswlib.Search(_index, values, rows.Length, labels);
            return found >= 0 ? found : throw new InvalidOperationException("hnswlib failed to search.");
        }
    }

    public void SearchBatch(int firstQuery, int count, int k, Span<int> rows)
    {
        for (int i = 0; i < count; i++) rows.Slice(i * k, k)[Search(firstQuery + i, rows.Slice(i * k, k))..].Fill(-1);
    }

    public void Dispose()
    {
        if (_index != 0) Hnswlib.Free(_index);
        _index = 0;
    }
}
