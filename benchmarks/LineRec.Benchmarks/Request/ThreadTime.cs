using System.Runtime.InteropServices;

namespace LineRec.Benchmarks.Request;

/// <summary>The processor time of the calling thread: what a thread costs on a machine that does other work as well. Linux only.</summary>
internal static partial class ThreadTime
{
    private const int ThreadCpuTime = 3; // CLOCK_THREAD_CPUTIME_ID

    public static long Nanoseconds()
    {
        if (GetTime(ThreadCpuTime, out var time) != 0) throw new PlatformNotSupportedException("The system has no clock of a thread's processor time.");
        return (time.Seconds * 1_000_000_000) + time.Nanoseconds;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out TimeSpec time);

    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
