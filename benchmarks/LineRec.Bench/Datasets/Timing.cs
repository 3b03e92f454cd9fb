using System.Diagnostics;

namespace LineRec.Bench.Datasets;

/// <summary>How long something took.</summary>
/// <param name="Rows">How many rows it read.</param>
/// <param name="Seconds">On the wall's clock.</param>
/// <param name="ProcessorSeconds">Of all threads: on a machine that others use too, this measures the work.</param>
internal readonly record struct Timing(long Rows, double Seconds, double ProcessorSeconds)
{
    public static Timing Of(Func<long> read)
    {
        GC.Collect();
        var processor = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        long rows = read();
        return new Timing(rows, Stopwatch.GetElapsedTime(start).TotalSeconds, (Environment.CpuUsage.TotalTime - processor).TotalSeconds);
    }
}
