namespace LineRec.Training;

/// <summary>Runs numbered parts of a work on a given number of threads. What a part computes mustn't depend on the thread, so that results don't either.</summary>
internal sealed class Workers(int threads)
{
    private readonly ParallelOptions _options = new() { MaxDegreeOfParallelism = Checked(threads) };

    public int Threads { get; } = threads;

    /// <summary>Runs parts 0 to <paramref name="count"/> - 1.</summary>
    public void For(int count, Action<int> part)
    {
        if (Threads == 1 || count <= 1)
        {
            for (int i = 0; i < count; i++) part(i);
            return;
        }

        System.Threading.Tasks.Parallel.For(0, count, _options, part);
    }

    private static int Checked(int threads) =>
        threads >= 1 ? threads : throw new ArgumentOutOfRangeException(nameof(threads), threads, "The number of threads must be 1 or more.");
}
