using System.Globalization;
using System.Runtime.InteropServices;

namespace LineRec.Bench.Vectors;

/// <summary>USearch's graph over fp32 vectors.</summary>
internal sealed unsafe class UsearchBench : IBenchIndex
{
    private const int Connectivity = 16;
    private const int ExpansionAdd = 128;

    private VectorSet? _set;
    private nint _index;

    public IndexLabel Label { get; private set; } = new(
        "usearch", Marshal.PtrToStringUTF8((nint)Usearch.Version())!, "", string.Create(CultureInfo.InvariantCulture, $"HNSW f32 connectivity={Connectivity} expansion_add={ExpansionAdd}"), Exact: false);

    public IReadOnlyList<IReadOnlyList<string>> Settings { get; } = [Graphs.Breadths("expansion_search")];

    /// <summary>What it would write to disk: the vectors and all links. What it has reserved in memory is more and depends on its allocator's steps.</summary>
    public long Bytes
    {
        get
        {
            nuint bytes = Usearch.SerializedLength(_index, out byte* error);
            Usearch.Check(error);
            return (long)bytes;
        }
    }

    public void Build(VectorSet set, int threads)
    {
        _set = set;
        var options = new Usearch.Options
        {
            Metric = set.Metric switch { VectorMetric.InnerProduct => 2, VectorMetric.Cosine => 1, _ => 3 },
            Quantization = Usearch.Float32,
            Dimensions = (nuint)set.Base.Columns,
            Connectivity = Connectivity,
            ExpansionAdd = ExpansionAdd,
            ExpansionSearch = 100,
        };
        _index = Usearch.Init(&options, out byte* error);
        Usearch.Check(error);
        Label = Label with { Simd = Simd() };
        Usearch.Reserve(_index, (nuint)set.Base.Rows, out error);
        Usearch.Check(error);
        Parallel.For(0, set.Base.Rows, new ParallelOptions { MaxDegreeOfParallelism = threads }, row =>
        {
            fixed (float* vector = set.Base[row])
            {
                Usearch.Add(_index, (ulong)row, vector, Usearch.Float32, out byte* failed);
                Usearch.Check(failed);
            }
        });
    }

    public void Use(string setting)
    {
        Usearch.ChangeExpansionSearch(_index, (nuint)Setting.Int(setting, "expansion_search"), out byte* error);
        Usearch.Check(error);
    }

    public int Search(int query, Span<int> rows)
    {
        ulong* keys = stackalloc ulong[rows.Length];
        float* distances = stackalloc float[rows.Length];
        fixed (float* values = _set!.Queries[query])
        {
            int found = (int)Usearch.Search(_index, values, Usearch.Float32, (nuint)rows.Length, keys, distances, out byte* error);
            Usearch.Check(error);
            for (int i = 0; i < found; i++) rows[i] = (int)keys[i];
            return found;
        }
    }

    public void SearchBatch(int firstQuery, int count, int k, Span<int> rows)
    {
        for (int i = 0; i < count; i++) rows.Slice(i * k, k)[Search(firstQuery + i, rows.Slice(i * k, k))..].Fill(-1);
    }

    public void Dispose()
    {
        if (_index != 0) Usearch.Free(_index, out _);
        _index = 0;
    }

    /// <summary>It names its kernels by the processor that they were written for.</summary>
    private string Simd()
    {
        string name = Marshal.PtrToStringUTF8((nint)Usearch.HardwareAcceleration(_index, out _)) ?? "unknown";
        return name switch
        {
            "skylake" or "ice" or "genoa" or "sapphire" or "turin" => "avx512",
            "haswell" => "avx2",
            _ => name,
        };
    }
}
