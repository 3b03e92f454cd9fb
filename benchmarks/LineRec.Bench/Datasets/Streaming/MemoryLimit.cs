using System.Globalization;

namespace LineRec.Bench.Datasets;

/// <summary>What the control group that the process runs in allows it and has counted of it (Linux, versions 1 and 2), in bytes.</summary>
/// <param name="Bytes">The limit; null where there is none.</param>
/// <param name="PeakBytes">The most that was in use, pages of files that were read included: these are given up when memory is needed.</param>
internal sealed record MemoryLimit(long? Bytes, long? PeakBytes)
{
    private const string Groups = "/proc/self/cgroup", Root = "/sys/fs/cgroup";
    private const long Unlimited = 1L << 60; // version 1 writes a number of about this size

    public static MemoryLimit Read()
    {
        if (!File.Exists(Groups)) return new MemoryLimit(null, null);
        foreach (string line in File.ReadLines(Groups))
        {
            string[] parts = line.Split(':', 3);
            if (parts[1].Split(',').Contains("memory")) return new MemoryLimit(Number("memory" + parts[2], "memory.limit_in_bytes"), Number("memory" + parts[2], "memory.max_usage_in_bytes"));
            if (parts[0] == "0" && File.Exists(Path.Join(Root, parts[2], "memory.max"))) return new MemoryLimit(Number(parts[2], "memory.max"), Number(parts[2], "memory.peak"));
        }

        return new MemoryLimit(null, null);
    }

    private static long? Number(string group, string file) =>
        Path.Join(Root, group, file) is var path && File.Exists(path) && long.TryParse(File.ReadAllText(path).Trim(), CultureInfo.InvariantCulture, out long value) && value < Unlimited ? value : null;
}
