using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace LineRec.Bench.Vectors;

/// <summary>
/// Runs work on threads that each keep to one processor of those the process may use, the last ones first.
/// </summary>
internal static unsafe partial class PinnedThreads
{
    private const int MaskBytes = 128;

    /// <summary>How many processors the process may use.</summary>
    public static int Available => Allowed().Length;

    /// <summary>Runs work once on each of some threads, which start together.</summary>
    /// <param name="threads">How many.</param>
    /// <param name="work">Gets the thread's number.</param>
    public static void Run(int threads, Action<int> work)
    {
        int[] processors = Allowed();
        if (threads > processors.Length) throw new ArgumentException($"--threads {threads}: the process may use {processors.Length} processors; a thread needs one of its own.");
        using var start = new Barrier(threads);
        Exception? failure = null;
        var running = Enumerable.Range(0, threads).Select(t => new Thread(() =>
        {
            try
            {
                try
                {
                    Pin(processors[^(t + 1)]);
                }
                finally
                {
                    start.SignalAndWait();
                }

                work(t);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                Interlocked.CompareExchange(ref failure, e, null);
            }
        }, 16 << 20)).ToArray();
        foreach (var thread in running) thread.Start();
        foreach (var thread in running) thread.Join();
        if (failure is not null) ExceptionDispatchInfo.Throw(failure);
    }

    private static int[] Allowed()
    {
        if (!OperatingSystem.IsLinux()) return [.. Enumerable.Range(0, Environment.ProcessorCount)];
        byte* mask = stackalloc byte[MaskBytes];
        new Span<byte>(mask, MaskBytes).Clear();
        if (SchedGetAffinity(Environment.ProcessId, MaskBytes, mask) != 0) return [.. Enumerable.Range(0, Environment.ProcessorCount)];
        var found = new List<int>();
        for (int i = 0; i < MaskBytes * 8; i++) if ((mask[i / 8] >> (i % 8) & 1) != 0) found.Add(i);
        return [.. found];
    }

    private static void Pin(int processor)
    {
        if (!OperatingSystem.IsLinux()) return;
        byte* mask = stackalloc byte[MaskBytes];
        new Span<byte>(mask, MaskBytes).Clear();
        mask[processor / 8] = (byte)(1 << (processor % 8));
        if (SchedSetAffinity(0, MaskBytes, mask) != 0) throw new InvalidOperationException($"The thread couldn't be pinned to processor {processor} (errno {Marshal.GetLastPInvokeError()}).");
    }

    [LibraryImport("libc", EntryPoint = "sched_setaffinity", SetLastError = true)]
    private static partial int SchedSetAffinity(int thread, nuint size, byte* mask);

    [LibraryImport("libc", EntryPoint = "sched_getaffinity", SetLastError = true)]
    private static partial int SchedGetAffinity(int process, nuint size, byte* mask);
}
