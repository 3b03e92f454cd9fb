using System.Globalization;
using LineRec.Retrieval.Faiss;

namespace LineRec.Bench.Vectors;

/// <summary>An index of FAISS, through our binding.</summary>
internal sealed class FaissBench(string factory) : IBenchIndex
{
    public const string HowToBring = "bash eng/native.sh builds Debian's version; for the newest build FAISS with its C API for this processor and set LINEREC_FAISS to its libfaiss_c";

    private static readonly double[] Probes = [2, 4, 6, 8, 10, 12, 14, 16, 20, 24, 28, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512, 768, 1024];
    private static readonly double[] Refined = [1.5, 2, 3, 4, 6, 10];
    private static readonly double[] Breadths = [100, 130, 160, 200, 240, 280, 330, 400, 480, 560, 660, 800, 1000, 1200, 1500, 2000, 2600];

    private const int FewestCandidates = 1_000;

    private VectorSet? _set;
    private FaissIndex? _index;

    /// <summary>Whether FAISS's library is found.</summary>
    public static bool IsAvailable
    {
        get
        {
            try
            {
                return FaissLibrary.Version.Length > 0;
            }
            catch (DllNotFoundException)
            {
                return false;
            }
        }
    }

    public IndexLabel Label { get; } = new("faiss", FaissLibrary.Version, FaissLibrary.Simd, factory, factory == "Flat");

    public IReadOnlyList<IReadOnlyList<string>> Settings =>
        factory == "Flat" ? [[""]]
        : factory.StartsWith("HNSW", StringComparison.Ordinal) ? [Line(Breadths, b => $"efSearch={b}")]
        : factory.EndsWith("RFlat", StringComparison.Ordinal) ? [.. Refined.Select(r => Line(Probes.Where(Fills), p => $"k_factor_rf={r},nprobe={p}"))]
        : [Line(Probes.Where(Fills), p => $"nprobe={p}")];

    /// <summary>What it would write to a file: codes, vectors, links, centroids, tables.</summary>
    public long Bytes { get; private set; }

    public void Build(VectorSet set, int threads)
    {
        _set = set;
        _index = FaissIndex.Build(set.PeerBase, factory, set.Metric == VectorMetric.L2 ? VectorMetric.L2 : VectorMetric.InnerProduct, threads);
        // FAISS 1.15 scans batches of up to 128,000 values by default, where BLAS is several times faster: 20 queries, as before it, are its better setting.
        if (FaissLibrary.BlasThreshold > 10_000) FaissLibrary.BlasThreshold = 20 * set.PeerBase.Columns;
        Bytes = SizeOf();
    }

    public void Use(string setting)
    {
        foreach (string part in setting.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            string name = part.Split('=')[0];
            _index!.SetParameter(name, Setting.Number(setting, name));
        }
    }

    public int Search(int query, Span<int> rows)
    {
        Span<float> scores = stackalloc float[rows.Length];
        return _index!.Search(_set!.PeerQueries[query], rows, scores);
    }

    public void SearchBatch(int firstQuery, int count, int k, Span<int> rows) =>
        _index!.SearchBatch(_set!.PeerQueries.Slice(firstQuery, count), k, rows, new float[rows.Length]);

    public void Dispose() => _index?.Dispose();

    private static string[] Line(IEnumerable<double> values, Func<string, string> setting) => [.. values.Select(v => setting(v.ToString(CultureInfo.InvariantCulture)))];

    /// <summary>Whether so many lists hold enough: where they don't, the binding looks further, as its contract wants, and the time isn't the setting's.</summary>
    private bool Fills(double probes)
    {
        double lists = double.Parse(factory[3..factory.IndexOf(',', StringComparison.Ordinal)], CultureInfo.InvariantCulture);
        return probes <= lists && probes * _set!.Base.Rows / lists >= FewestCandidates;
    }

    private long SizeOf()
    {
        string path = Path.Combine(Path.GetTempPath(), $"linerec-bench-{Guid.NewGuid():N}.faiss");
        try
        {
            _index!.Save(path);
            return new FileInfo(path).Length;
        }
        finally
        {
            File.Delete(path);
        }
    }
}
