using System.Numerics.Tensors;
using BenchmarkDotNet.Attributes;
using LineRec.Retrieval;

namespace LineRec.Benchmarks.Retrieval;

/// <summary>What the four-row kernel of <see cref="FlatIndex"/> gains over a dot product a row by TensorPrimitives with a heap.</summary>
[MemoryDiagnoser]
public class ExactSearchBenchmarks
{
    private const int K = 400;
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"linerec-{Guid.NewGuid():N}.npy");
    private NpyMatrix<float> _items = null!;
    private FlatIndex _index = null!;
    private float[] _query = [];
    private readonly int[] _rows = new int[K];
    private readonly float[] _scores = new float[K];
    private readonly PriorityQueue<int, float> _heap = new(K + 1);

    [Params(10_000, 1_000_000)]
    public int Items { get; set; }

    [Params(64)]
    public int Dimension { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        var random = new Random(1);
        var values = new float[Items * Dimension];
        for (int i = 0; i < values.Length; i++) values[i] = random.NextSingle() - 0.5f;
        using (var array = new NpyMatrix<float>(values, Dimension)) array.Save(_path);
        _items = NpyMatrix<float>.Open(_path); // mapped as in a bundle: rows start at multiples of 64 bytes
        _index = new FlatIndex(_items);
        _query = [.. Enumerable.Range(0, Dimension).Select(_ => random.NextSingle() - 0.5f)];
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        _items.Dispose();
        File.Delete(_path);
    }

    [Benchmark(Baseline = true)]
    public int DotPerRowAndHeap()
    {
        _heap.Clear();
        float threshold = float.NegativeInfinity;
        for (int row = 0; row < _items.Rows; row++)
        {
            float score = TensorPrimitives.Dot(_items[row], _query);
            if (_heap.Count == K && score <= threshold) continue;
            if (_heap.Count == K) _heap.DequeueEnqueue(row, score);
            else _heap.Enqueue(row, score);
            _heap.TryPeek(out _, out threshold);
        }

        return _heap.Count;
    }

    [Benchmark]
    public int FlatIndex() => _index.Search(_query, _rows, _scores);
}
