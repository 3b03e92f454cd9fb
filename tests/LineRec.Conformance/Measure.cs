namespace LineRec.Conformance;

/// <summary>Measures allocation.</summary>
public static class Measure
{
    /// <summary>The least bytes that one call allocated on this thread, once warm: what the call needs, without a pool's or the JIT's occasional own.</summary>
    public static long AllocatedBytes(Action call)
    {
        long least = long.MaxValue;
        for (int i = 0; i < 30; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            call();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }

    /// <summary>Fails where a call waited or failed.</summary>
    public static void CompletedAtOnce(ValueTask task) => Assert.True(task.IsCompletedSuccessfully);
}
