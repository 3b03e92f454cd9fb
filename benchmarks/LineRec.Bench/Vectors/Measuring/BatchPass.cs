using System.Diagnostics;

namespace LineRec.Bench.Vectors;

/// <summary>One batch of queries over an index on each pinned thread.</summary>
internal sealed class BatchPass
{
    public const int Size = 1_000;

    private BatchPass(int[] found) => Found = found;

    /// <summary>What was found, k rows a query.</summary>
    public int[] Found { get; }

    /// <summary>The time of a query: the batch's by its size, the mean of the threads.</summary>
    public double Microseconds { get; private set; }

    public static BatchPass Run(IBenchIndex index, int firstQuery, int count, int k, int threads)
    {
        var pass = new BatchPass(new int[count * k]);
        double[] seconds = new double[threads];
        PinnedThreads.Run(threads, thread =>
        {
            var rows = thread == 0 ? pass.Found : new int[count * k];
            int warmUp = Math.Min(count, 20);
            index.SearchBatch(firstQuery, warmUp, k, rows.AsSpan(0, warmUp * k));
            long start = Stopwatch.GetTimestamp();
            index.SearchBatch(firstQuery, count, k, rows);
            seconds[thread] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        });
        pass.Microseconds = seconds.Average() / count * 1e6;
        return pass;
    }
}
