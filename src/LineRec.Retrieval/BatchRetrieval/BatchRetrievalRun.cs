using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace LineRec.Retrieval;

/// <summary>One run: which parts are left, who takes the next one, what was done so far.</summary>
internal sealed class BatchRetrievalRun
{
    private readonly IVectorIndex _index;
    private readonly IBatchPartWriter _writer;
    private readonly BatchRetrievalOptions _options;
    private readonly NpyMatrix<float> _queries;
    private readonly IProgress<BatchRetrievalProgress>? _progress;
    private readonly CancellationToken _cancellation;
    private readonly List<(int FirstQuery, string Path)> _left = [];
    private readonly int _resumed;
    private readonly Lock _gate = new();
    private int _next;
    private int _done;
    private Exception? _failure;

    public BatchRetrievalRun(
        IVectorIndex index, IBatchPartWriter writer, BatchRetrievalOptions options, NpyMatrix<float> queries, string folder, IProgress<BatchRetrievalProgress>? progress, CancellationToken cancellation)
    {
        (_index, _writer, _options, _queries, _progress, _cancellation) = (index, writer, options, queries, progress, cancellation);
        int part = 0;
        for (long first = 0; first < queries.Rows; first += options.PartSize, part++)
        {
            string path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"part-{part:D5}{writer.Extension}"));
            if (File.Exists(path)) _done += Count((int)first);
            else _left.Add(((int)first, path));
        }

        _resumed = _done;
    }

    public int PartsLeft => _left.Count;

    public Exception? Failure => _failure;

    /// <summary>Takes part after part until none is left, one failed, or it is cancelled. On any number of threads.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "Thrown again by the caller of the run; the other threads stop.")]
    public void Work()
    {
        int[]? rows = null;
        float[]? scores = null;
        try
        {
            while (Volatile.Read(ref _failure) is null)
            {
                int at = Interlocked.Increment(ref _next) - 1;
                if (at >= _left.Count) return;
                var (first, path) = _left[at];
                int values = Count(first) * _options.K;
                rows ??= new int[values];
                scores ??= new float[values];
                if (rows.Length < values) (rows, scores) = (new int[values], new float[values]);
                Search(first, rows.AsSpan(0, values), scores.AsSpan(0, values));
                _writer.Write(path, new BatchPart(first, _options.K, rows.AsMemory(0, values), scores.AsMemory(0, values)));
                Report(Count(first));
            }
        }
        catch (Exception e)
        {
            Interlocked.CompareExchange(ref _failure, e, null);
        }
    }

    private void Search(int first, Span<int> rows, Span<float> scores)
    {
        int k = _options.K, count = rows.Length / k;
        for (int start = 0; start < count; start += _options.BlockSize)
        {
            _cancellation.ThrowIfCancellationRequested();
            int n = Math.Min(_options.BlockSize, count - start);
            _index.SearchBatch(_queries.Slice(first + start, n), k, rows.Slice(start * k, n * k), scores.Slice(start * k, n * k), _options.Eligible);
        }
    }

    private void Report(int queries)
    {
        lock (_gate)
        {
            _done += queries;
            _progress?.Report(new BatchRetrievalProgress(_done, _resumed, _queries.Rows));
        }
    }

    private int Count(int first) => Math.Min(_options.PartSize, _queries.Rows - first);
}
