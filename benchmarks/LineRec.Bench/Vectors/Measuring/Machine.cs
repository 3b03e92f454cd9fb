using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LineRec.Bench.Vectors;

/// <summary>What the run ran on.</summary>
internal static class Machine
{
    /// <summary>The widest instructions that our kernels use here.</summary>
    public static string Simd { get; } =
        Vector512.IsHardwareAccelerated ? "avx512"
        : Vector256.IsHardwareAccelerated ? "avx2"
        : RuntimeInformation.ProcessArchitecture == Architecture.Arm64 && Vector128.IsHardwareAccelerated ? "neon"
        : Vector128.IsHardwareAccelerated ? "sse"
        : "none";

    public static string Cpu { get; } = Find("/proc/cpuinfo", "model name") ?? RuntimeInformation.ProcessArchitecture.ToString();

    private static string? Find(string file, string key) =>
        File.Exists(file) ? File.ReadLines(file).FirstOrDefault(l => l.StartsWith(key, StringComparison.Ordinal))?.Split(':', 2)[1].Trim() : null;
}
