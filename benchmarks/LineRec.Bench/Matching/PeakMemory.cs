using System.Globalization;

namespace LineRec.Bench.Matching;

/// <summary>The largest resident set of the process, counted anew for each model where the kernel allows it.</summary>
internal static class PeakMemory
{
    /// <summary>Starts over (Linux: writes 5 to clear_refs; elsewhere the peak is that of the whole run).</summary>
    public static void Reset()
    {
        GC.Collect();
        try
        {
            File.WriteAllText("/proc/self/clear_refs", "5");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The peak then is the process's.
        }
    }

    public static double Megabytes()
    {
        const string Field = "VmHWM:";
        if (File.Exists("/proc/self/status") && File.ReadLines("/proc/self/status").FirstOrDefault(l => l.StartsWith(Field, StringComparison.Ordinal)) is { } line)
            return double.Parse(line[Field.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1024;
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / 1048576.0;
    }
}
