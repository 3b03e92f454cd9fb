using System.Runtime.InteropServices;
using LineRec.Retrieval.Faiss.Native;

namespace LineRec.Retrieval.Faiss;

/// <summary>The native FAISS library of this process.</summary>
/// <remarks>
/// It is the file that the environment variable LINEREC_FAISS names, else libfaiss_c.so in the application's folder or its
/// runtimes/linux-x64/native, else the system's. Thread-safe; loads the library at the first call.
/// </remarks>
public static unsafe class FaissLibrary
{
    /// <summary>FAISS's version, such as 1.7.3; "unknown" where the library doesn't say.</summary>
    /// <exception cref="DllNotFoundException">There is no library; the message says what to do.</exception>
    public static string Version => Text("faiss_get_version") ?? "unknown";

    /// <summary>What FAISS was compiled with, in its own words, such as "OPTIMIZE AVX512"; empty where the library doesn't say.</summary>
    /// <exception cref="DllNotFoundException">There is no library; the message says what to do.</exception>
    public static string CompileOptions => Text("faiss_get_compile_options") ?? OptionsOfCpp() ?? "";

    /// <summary>The instruction set that FAISS was compiled for: avx512, avx2, neon, sve or generic.</summary>
    /// <exception cref="DllNotFoundException">There is no library; the message says what to do.</exception>
    public static string Simd
    {
        get
        {
            string options = CompileOptions;
            foreach (string level in (string[])["AVX512", "AVX2", "SVE", "NEON"])
            {
                if (options.Contains(level, StringComparison.OrdinalIgnoreCase)) return level.ToLowerInvariant();
            }

            return "generic";
        }
    }

    /// <summary>
    /// From which size of a batch FAISS's flat indexes multiply matrices by BLAS instead of scanning: a number of queries up to version 1.14 (default 20), of
    /// queries × dimension later (default 128,000, which is too high: a batch of 1,000 queries of 64 values is scanned and takes several times as long). Holds for the whole process.
    /// </summary>
    /// <exception cref="NotSupportedException">The library doesn't let it be set.</exception>
    public static int BlasThreshold
    {
        get => ((delegate* unmanaged<int>)Required("faiss_get_distance_compute_blas_threshold"))();
        set => ((delegate* unmanaged<int, void>)Required("faiss_set_distance_compute_blas_threshold"))(value);
    }

    /// <summary>Whether the library has a function. Older ones lack some that only filters need.</summary>
    internal static bool Has(string function) => NativeLibrary.TryGetExport(FaissLoader.Handle, function, out _);

    /// <summary>Sets how many threads FAISS uses in calls from this thread; OpenMP keeps that number a thread, an OpenBLAS with threads of its own keeps one for the process.</summary>
    internal static void UseThreads(int threads)
    {
        if (Threading.SetOpenMp != null) Threading.SetOpenMp(threads);
        if (Threading.SetOpenBlas != null && Threading.GetOpenBlas() != threads) Threading.SetOpenBlas(threads);
    }

    private static nint Required(string function) => NativeLibrary.TryGetExport(FaissLoader.Handle, function, out nint address)
        ? address : throw new NotSupportedException($"FAISS {Version} has no {function}: use a newer build of its C library.");

    private static string? Text(string function) =>
        NativeLibrary.TryGetExport(FaissLoader.Handle, function, out nint address) ? Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)address)()) : null;

    // FAISS's own C API doesn't tell the options; its C++ function does. It returns a std::string through a hidden pointer:
    // libstdc++ lays that out as address, length, 16 bytes. A long one leaves its few bytes behind, once a process.
    private static string? OptionsOfCpp()
    {
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64) return null;
        if (!NativeLibrary.TryGetExport(FaissLoader.Handle, "_ZN5faiss19get_compile_optionsB5cxx11Ev", out nint address)) return null;
        var text = stackalloc nint[4];
        ((delegate* unmanaged<nint*, nint*>)address)(text);
        return Marshal.PtrToStringUTF8(text[0], (int)text[1]);
    }

    // A library's dependencies are searched too: the functions are OpenMP's and OpenBLAS's own.
    private static class Threading
    {
        public static readonly delegate* unmanaged<int, void> SetOpenMp = (delegate* unmanaged<int, void>)Find("omp_set_num_threads");

        public static readonly delegate* unmanaged<int> GetOpenBlas = (delegate* unmanaged<int>)Find("openblas_get_num_threads");

        public static readonly delegate* unmanaged<int, void> SetOpenBlas = GetOpenBlas == null ? null : (delegate* unmanaged<int, void>)Find("openblas_set_num_threads");

        private static nint Find(string function) => NativeLibrary.TryGetExport(FaissLoader.Handle, function, out nint address) ? address : 0;
    }
}
