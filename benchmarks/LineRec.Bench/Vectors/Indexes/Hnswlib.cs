using System.Runtime.InteropServices;

namespace LineRec.Bench.Vectors;

/// <summary>hnswlib through the library that benchmarks/native builds.</summary>
internal static unsafe partial class Hnswlib
{
    public const string Library = "bench_hnswlib";
    public const string HowToBring = "apt-get install libhnswlib-dev cmake g++ && cmake -S benchmarks/native -B benchmarks/native/build && cmake --build benchmarks/native/build";

    private static readonly nint Loaded = Load();

    static Hnswlib() => NativeLibrary.SetDllImportResolver(typeof(Hnswlib).Assembly, static (name, _, _) => name == Library ? Loaded : name == Usearch.Library ? Usearch.Loaded : 0);

    public static bool IsAvailable => Loaded != 0;

    [LibraryImport(Library, EntryPoint = "bench_hnsw_version")]
    public static partial byte* Version();

    [LibraryImport(Library, EntryPoint = "bench_hnsw_simd")]
    public static partial byte* Simd();

    [LibraryImport(Library, EntryPoint = "bench_hnsw_build")]
    public static partial nint Build(int metric, float* vectors, nuint count, nuint dimension, nuint m, nuint efConstruction, int threads);

    [LibraryImport(Library, EntryPoint = "bench_hnsw_set_ef")]
    public static partial void SetEf(nint index, nuint ef);

    [LibraryImport(Library, EntryPoint = "bench_hnsw_search")]
    public static partial int Search(nint index, float* query, int k, int* labels);

    [LibraryImport(Library, EntryPoint = "bench_hnsw_bytes")]
    public static partial nuint Bytes(nint index);

    [LibraryImport(Library, EntryPoint = "bench_hnsw_free")]
    public static partial void Free(nint index);

    /// <summary>The variant for the instruction set that this run measures, from benchmarks/native/build of the repository that this program was built in.</summary>
    private static nint Load()
    {
        string file = $"libbench_hnswlib_{(Machine.Simd == "avx512" ? "native" : "x86-64-v3")}.so";
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "benchmarks", "native", "build", file);
            if (File.Exists(path)) return NativeLibrary.Load(path);
        }

        return 0;
    }
}
