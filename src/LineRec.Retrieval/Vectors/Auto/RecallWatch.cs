using System.Diagnostics.Metrics;
using System.Threading.Channels;

namespace LineRec.Retrieval;

/// <summary>Does a share of the searches again exactly, one at a time in the background, and records how much of the truth they found. When searches come faster than they are checked, some aren't.</summary>
internal sealed class RecallWatch : IDisposable
{
    private const int Waiting = 16;

    private static readonly Meter Meter = new("LineRec");
    private static readonly Histogram<double> Recall = Meter.CreateHistogram<double>("linerec.retrieval.recall", "1", "The share of the true best rows that a search found, of searches done again exactly.");

    private readonly IVectorIndex _exact;
    private readonly long _every;
    private readonly KeyValuePair<string, object?> _tag;
    private readonly Channel<Sample> _samples = Channel.CreateBounded<Sample>(new BoundedChannelOptions(Waiting) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private readonly Task _work;
    private readonly Lock _lock = new();
    private long _searches;
    private double _sum;
    private long _count;

    public RecallWatch(IVectorIndex exact, double share, string name)
    {
        (_exact, _every, _tag) = (exact, (long)Math.Max(1, Math.Min(1e15, 1 / share)), new("linerec.index", name));
        _work = Task.Run(CheckAsync);
    }

    public long Count => Volatile.Read(ref _count);

    public double Mean
    {
        get
        {
            lock (_lock) return _sum / _count;
        }
    }

    /// <summary>Takes a search for checking, if its turn has come; what it needs is copied.</summary>
    public void Offer(ReadOnlySpan<float> query, ReadOnlySpan<int> found, RowSet? eligible)
    {
        if (Interlocked.Increment(ref _searches) % _every != 0 || _samples.Reader.Count >= Waiting) return;
        _samples.Writer.TryWrite(new Sample(query.ToArray(), found.ToArray(), eligible is null ? null : Copy(eligible)));
    }

    /// <summary>Ends; a check that is under way ends first.</summary>
    public void Dispose()
    {
        _samples.Writer.TryComplete();
        while (_samples.Reader.TryRead(out _)) { }

        _work.Wait();
    }

    private static RowSet Copy(RowSet rows)
    {
        var copy = new RowSet(rows.Capacity);
        rows.ForEach(copy.Add);
        return copy;
    }

    private async Task CheckAsync()
    {
        while (await _samples.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (_samples.Reader.TryRead(out var sample))
            {
                if (sample.Found.Length == 0) continue;
                int[] rows = new int[sample.Found.Length];
                int count = _exact.Search(sample.Query, rows, new float[rows.Length], sample.Eligible);
                double recall = (double)rows.AsSpan(0, count).ToArray().Intersect(sample.Found).Count() / Math.Max(1, count);
                Recall.Record(recall, _tag);
                lock (_lock) (_sum, _count) = (_sum + recall, _count + 1);
            }
        }
    }

    private sealed record Sample(float[] Query, int[] Found, RowSet? Eligible);
}
