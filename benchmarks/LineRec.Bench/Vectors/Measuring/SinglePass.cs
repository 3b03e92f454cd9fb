using System.Diagnostics;

namespace LineRec.Bench.Vectors;

/// <summary>One pass of queries over an index, one query at a time on each pinned thread.</summary>
internal sealed class SinglePass
{
    private const int WarmUp = 40;

    private SinglePass(int threads, int count, int k)
    {
        Microseconds = [.. Enumerable.Range(0, threads).Select(_ => new double[count])];
        Found = new int[count * k];
    }

    /// <summary>A query's time, by thread and query.</summary>
    public double[][] Microseconds { get; }

    /// <summary>What was found, k rows a query, -1 where fewer were.</summary>
    public int[] Found { get; }

    /// <summary>Queries answered in a second by all threads together.</summary>
    public double QueriesPerSecond { get; private set; }

    /// <summary>Runs it. Some queries go first and aren't counted: the caches then hold what this index and setting need.</summary>
    public static SinglePass Run(IBenchIndex index, int firstQuery, int count, int k, int threads)
    {
        var pass = new SinglePass(threads, count, k);
        double[] seconds = new double[threads];
        PinnedThreads.Run(threads, thread =>
        {
            var rows = new int[k];
            int shift = thread * count / threads;
            for (int i = 0; i < Math.Min(WarmUp, count); i++) index.Search(firstQuery + ((count - 1 - i + shift) % count), rows);
            double[] times = pass.Microseconds[thread];
            long begin = Stopwatch.GetTimestamp();
            for (int i = 0; i < count; i++)
            {
                int query = i + shift < count ? i + shift : i + shift - count;
                long start = Stopwatch.GetTimestamp();
                int found = index.Search(firstQuery + query, rows);
                times[query] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
                if (thread != 0) continue;
                rows.AsSpan(found).Fill(-1);
                rows.CopyTo(pass.Found, query * k);
            }

            seconds[thread] = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        });
        pass.QueriesPerSecond = seconds.Sum(s => count / s);
        return pass;
    }
}
