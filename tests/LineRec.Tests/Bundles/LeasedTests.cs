namespace LineRec.Tests.Bundles;

public sealed class LeasedTests
{
    [Fact]
    public void The_old_value_is_disposed_when_its_last_lease_ends()
    {
        var (first, second) = (new Probe(), new Probe());
        using var leased = new Leased<Probe>(first);
        var one = leased.Acquire();
        var two = leased.Acquire();

        leased.Swap(second);
        Assert.Same(second, AcquireOnce(leased));
        one.Dispose();
        Assert.Equal(0, first.Disposals);
        two.Dispose();

        Assert.Equal(1, first.Disposals);
        Assert.Equal(0, second.Disposals);
    }

    [Fact]
    public void An_unused_value_is_disposed_at_the_swap_and_the_last_one_with_the_owner()
    {
        var (first, second) = (new Probe(), new Probe());
        var leased = new Leased<Probe>(first);
        leased.Swap(second);
        Assert.Equal(1, first.Disposals);
        leased.Dispose();
        leased.Dispose();
        Assert.Equal(1, second.Disposals);
        Assert.False(leased.TryAcquire(out _));
        Assert.Contains("Probe", Assert.Throws<InvalidOperationException>(() => leased.Acquire()).Message);
    }

    [Fact]
    public void Leases_outlive_the_owner()
    {
        var value = new Probe();
        var leased = new Leased<Probe>(value);
        var lease = leased.Acquire();
        leased.Dispose();
        Assert.Equal(0, lease.Value.Disposals);
        lease.Dispose();
        Assert.Equal(1, value.Disposals);
    }

    [Fact]
    public void A_value_that_fails_to_dispose_is_reported_and_does_not_fail_the_request_that_ended_last()
    {
        Exception? reported = null;
        using var leased = new Leased<Probe>(new Probe { Failure = new IOException("unmapped") }, e => reported = e);
        var lease = leased.Acquire();
        leased.Swap(new Probe());
        lease.Dispose();
        Assert.Equal("unmapped", reported?.Message);
    }

    [Fact]
    public void Taking_and_ending_a_lease_allocates_nothing()
    {
        using var leased = new Leased<Probe>(new Probe());
        AcquireOnce(leased);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10_000; i++) AcquireOnce(leased);

        // The runtime itself allocates a little on the thread now and then; one object a lease would be 240,000 bytes.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 24_000);
    }

    [Fact]
    public async Task Four_threads_never_see_a_disposed_value_while_it_is_swapped_1000_times_and_each_is_disposed_once()
    {
        const int Swaps = 1000;
        var probes = Enumerable.Range(0, Swaps + 1).Select(_ => new Probe()).ToArray();
        using var leased = new Leased<Probe>(probes[0]);
        bool stop = false;
        int seenDisposed = 0;
        long leases = 0;
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
            () =>
            {
                while (!Volatile.Read(ref stop))
                {
                    using var lease = leased.Acquire();
                    for (int i = 0; i < 20; i++)
                    {
                        if (lease.Value.Disposals != 0) Interlocked.Increment(ref seenDisposed);
                    }

                    Interlocked.Increment(ref leases);
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)).ToArray();

        for (int i = 1; i <= Swaps; i++)
        {
            leased.Swap(probes[i]);
            long until = Volatile.Read(ref leases) + 2;
            while (Volatile.Read(ref leases) < until) Thread.Yield(); // so that readers work on every value
        }

        Volatile.Write(ref stop, true);
        await Task.WhenAll(readers);
        Assert.Equal(0, seenDisposed);
        Assert.All(probes[..^1], p => Assert.Equal(1, p.Disposals));
        Assert.Equal(0, probes[^1].Disposals);
    }

    private static Probe AcquireOnce(Leased<Probe> leased)
    {
        using var lease = leased.Acquire();
        return lease.Value;
    }

    private sealed class Probe : IDisposable
    {
        private int _disposals;

        public int Disposals => Volatile.Read(ref _disposals);

        public Exception? Failure { get; init; }

        public void Dispose()
        {
            Interlocked.Increment(ref _disposals);
            if (Failure is not null) throw Failure;
        }
    }
}
