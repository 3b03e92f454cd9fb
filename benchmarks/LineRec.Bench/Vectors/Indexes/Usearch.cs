using System.Runtime.InteropServices;

namespace LineRec.Bench.Vectors;

/// <summary>
/// USearch's C interface, from the native library of the package Cloud.Unum.USearch: its .NET class copies keys and distances and has no way to change how broadly a built graph is searched.
/// </summary>
internal static unsafe partial class Usearch
{
    public const string Library = "usearch_c";
    public const string HowToBring = "dotnet restore benchmarks/LineRec.Bench (the package Cloud.Unum.USearch has no library for this platform, or wasn't restored)";
    public const int Float32 = 1;

    public static readonly nint Loaded = NativeLibrary.TryLoad("libusearch_c", typeof(Usearch).Assembly, null, out nint library) ? library : 0;

    public static bool IsAvailable => Loaded != 0;

    [LibraryImport(Library, EntryPoint = "usearch_version")]
    public static partial byte* Version();

    [LibraryImport(Library, EntryPoint = "usearch_init")]
    public static partial nint Init(Options* options, out byte* error);

    [LibraryImport(Library, EntryPoint = "usearch_hardware_acceleration")]
    public static partial byte* HardwareAcceleration(nint index, out byte* error);

    [LibraryImport(Library, EntryPoint = "usearch_reserve")]
    public static partial void Reserve(nint index, nuint capacity, out byte* error);

    [LibraryImport(Library, EntryPoint = "usearch_add")]
    public static partial void Add(nint index, ulong key, float* vector, int kind, out byte* error);

    [LibraryImport(Library, EntryPoint = "usearch_change_expansion_search")]
    public static partial void ChangeExpansionSearch(nint index, nuint expansion, out byte* error);

    [LibraryImport(Library, EntryPoint = "usearch_search")]
    public static partial nuint Search(nint index, float* query, int kind, nuint count, ulong* keys, float* distances, out byte* error);

    [LibraryImport(Library, EntryPoint = "usearch_memory_usage")]
    public static partial nuint MemoryUsage(nint index, out byte* error);

    [LibraryImport(Library, EntryPoint = "usearch_serialized_length")]
    public static partial nuint SerializedLength(nint index, out byte* error);

    [LibraryImport(Library, EntryPoint = "usearch_free")]
    public static partial void Free(nint index, out byte* error);

    public static void Check(byte* error)
    {
        if (error != null) throw new InvalidOperationException($"USearch: {Marshal.PtrToStringUTF8((nint)error)}");
    }

    /// <summary>usearch_init_options_t.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Options
    {
        public int Metric;
        public nint MetricFunction;
        public int Quantization;
        public nuint Dimensions;
        public nuint Connectivity;
        public nuint ExpansionAdd;
        public nuint ExpansionSearch;
        public byte Multi;
    }
}
