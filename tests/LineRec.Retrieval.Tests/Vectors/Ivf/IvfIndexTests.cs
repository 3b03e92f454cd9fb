using LineRec.Conformance;

namespace LineRec.Retrieval.Tests.Vectors.Ivf;

/// <summary>What the index promises beside its answers.</summary>
public class IvfIndexTests
{
    private const int Dimension = 64, Count = 20_000, K = 100;

    private static readonly NpyMatrix<float> Vectors = Random(Count, 1);

    [Fact]
    public void A_search_allocates_nothing()
    {
        using var index = IvfIndex.Build(Vectors);
        var (rows, scores, some) = (new int[K], new float[K], new RowSet(Count, Enumerable.Range(0, Count / 2)));
        foreach (IVectorIndex way in new[] { index, index.With(IvfProbe.Exact), new FlatIndex(Vectors) })
        {
            foreach (var eligible in new[] { null, some })
            {
                Assert.Equal(0, Measure.AllocatedBytes(() =>
                {
                    for (int q = 0; q < 20; q++) way.Search(Vectors[q], rows, scores, eligible);
                }));
            }
        }
    }

    [Fact]
    public async Task Searches_that_meet_a_disposal_end_well()
    {
        float[][] truth = [.. Enumerable.Range(0, 8).Select(q => Scores(new FlatIndex(Vectors), q))];
        for (int round = 0; round < 20; round++)
        {
            var index = IvfIndex.Build(Vectors, new IvfOptions { Lists = 50, Iterations = 1, Probe = IvfProbe.Exact });
            using var started = new CountdownEvent(2);
            Task<int>[] searches = [.. Enumerable.Range(0, 2).Select(t => Task.Run(() =>
            {
                started.Signal();
                for (int n = 0; n < 100_000; n++)
                {
                    try
                    {
                        int q = (n + t) % truth.Length;
                        Assert.Equal(truth[q], Scores(index, q));
                    }
                    catch (ObjectDisposedException)
                    {
                        return n;
                    }
                }

                return -1;
            }))];
            started.Wait(TestContext.Current.CancellationToken);
            await Task.Delay(round, TestContext.Current.CancellationToken);
            index.Dispose();
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Assert.All(await Task.WhenAll(searches), n => Assert.NotEqual(-1, n));
        }
    }

    [Fact]
    public void What_is_no_longer_used_is_collected_though_its_threads_live()
    {
        using BlockingWorker worker = new();
        var vectors = SearchOn(worker);
        for (int round = 0; round < 10 && vectors.IsAlive; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(vectors.IsAlive);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static WeakReference SearchOn(BlockingWorker worker)
    {
        var vectors = Random(3_000, 5);
        var index = IvfIndex.Build(vectors, new IvfOptions { Lists = 20, Iterations = 1 });
        worker.Run(() => index.Search(new float[Dimension], new int[3], new float[3]));
        worker.Run(() => { }); // forget the search
        return new WeakReference(vectors);
    }

    /// <summary>A thread that runs what it is told and lives on.</summary>
    private sealed class BlockingWorker : IDisposable
    {
        private readonly System.Collections.Concurrent.BlockingCollection<Action> _work = [];
        private readonly Thread _thread;

        public BlockingWorker()
        {
            _thread = new Thread(() =>
            {
                foreach (var action in _work.GetConsumingEnumerable()) action();
            });
            _thread.Start();
        }

        public void Run(Action action)
        {
            using var done = new ManualResetEventSlim();
            _work.Add(() =>
            {
                action();
                done.Set();
            });
            done.Wait();
        }

        public void Dispose()
        {
            _work.CompleteAdding();
            _thread.Join();
            _work.Dispose();
        }
    }

    private static float[] Scores(IVectorIndex index, int q)
    {
        float[] scores = new float[10];
        index.Search(Vectors[q], new int[10], scores);
        return scores;
    }

    private static NpyMatrix<float> Random(int count, int seed)
    {
        var random = new Random(seed);
        return new NpyMatrix<float>([.. Enumerable.Range(0, count * Dimension).Select(_ => (random.NextSingle() * 2) - 1)], Dimension);
    }
}
