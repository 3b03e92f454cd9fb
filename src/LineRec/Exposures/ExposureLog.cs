using System.Collections.Concurrent;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LineRec;

/// <summary>
/// The exposure log: every answered request with what was shown, why, and the features that the ranker saw, written aside as Arrow segments. It is what the next model learns from and
/// what a placement's worth is measured by. A request hands over a pooled row and goes on; where the writer falls behind, requests are left out and counted.
/// </summary>
/// <remarks>
/// Thread-safe. Requests with an observer (<see cref="RecommendationRequest.Observer"/>, <see cref="IRecommender.ExplainAsync"/>) aren't logged: nobody is shown their answers. A host uses
/// AddLineRecExposureLog; without a container hand it to <see cref="RecommenderBuilder.UseExposureLog"/> and dispose it at the end.
/// </remarks>
public sealed class ExposureLog : IDisposable
{
    private readonly object _gate = new();
    private readonly ExposureSegmentWriter _segments;
    private readonly ConcurrentQueue<ExposureRow> _waiting = new(); // a Channel takes a lock: a writer that the system puts aside while it has it would hold up requests
    private readonly ConcurrentQueue<ExposureRow> _spare = new();
    private readonly List<ExposureRow> _batch = [];
    private readonly double _share;
    private readonly int _maxWaiting;
    private readonly Thread _thread;
    private readonly ITimer _timer;
    private long _writtenCount;
    private long _droppedCount;
    private int _waitingCount;
    private volatile bool _isEnding;
    private bool _isDue;

    /// <summary>Starts a log; its writer works until the log is disposed.</summary>
    /// <param name="options">Where, and how much.</param>
    /// <param name="time">Drives the writer. Default: the system's clock.</param>
    /// <param name="logger">Told of failures, each once until it is over.</param>
    /// <exception cref="ArgumentException">An option is out of its range; all that are wrong are named.</exception>
    public ExposureLog(ExposureLogOptions options, TimeProvider? time = null, ILogger? logger = null)
        : this(options, time ?? TimeProvider.System, logger ?? NullLogger.Instance, ExposureSegment.Open)
    {
    }

    internal ExposureLog(ExposureLogOptions options, TimeProvider time, ILogger logger, Func<string, Stream> open)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (ExposureLogOptionsValidator.Faults(options) is { Count: > 0 } faults) throw new ArgumentException(string.Join(" ", faults), nameof(options));
        (_share, _maxWaiting) = (options.Share, options.MaxWaiting);
        _segments = new ExposureSegmentWriter(options, time, logger, open);
        _thread = new Thread(Work) { IsBackground = true, Name = "LineRec exposure log" };
        _thread.Start();
        _timer = time.CreateTimer(static log => ((ExposureLog)log!).Wake(), this, options.WriteInterval, options.WriteInterval);
    }

    /// <summary>How many requests were written.</summary>
    public long WrittenCount => Interlocked.Read(ref _writtenCount);

    /// <summary>How many requests were left out: the writer had fallen behind, the disk failed, or the log was ending.</summary>
    public long DroppedCount => Interlocked.Read(ref _droppedCount);

    /// <summary>Writes what waits, finishes the segment and ends. Waits for it for at most 30 seconds.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isEnding) return;
            _isEnding = true;
            Monitor.Pulse(_gate);
        }

        _timer.Dispose();
        _thread.Join(ExposureLogDefaults.ShutdownLimit);
    }

    /// <summary>Whether a request is among those that are logged. By its id alone, so that it is so on every host.</summary>
    internal bool Takes(Guid id)
    {
        if (_share >= 1) return true;
        ulong hash = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(new ReadOnlySpan<Guid>(in id)));
        return (hash >> 11) * (1.0 / (1ul << 53)) < _share;
    }

    /// <summary>Hands an answer to the writer, before its run ends. Never waits.</summary>
    internal void Write(PipelineRun run, LinkedPlacement placement, Slate slate)
    {
        // Counted before it is looked whether the log is ending: what is counted by then, the writer waits for.
        if (Interlocked.Increment(ref _waitingCount) > _maxWaiting || _isEnding)
        {
            Interlocked.Decrement(ref _waitingCount);
            Dropped(1, Telemetry.WriterBehind);
            return;
        }

        if (!_spare.TryDequeue(out var row)) row = new ExposureRow();
        row.Fill(run, placement, slate);
        _waiting.Enqueue(row);
    }

    private void Wake()
    {
        lock (_gate)
        {
            _isDue = true;
            Monitor.Pulse(_gate);
        }
    }

    private void Work()
    {
        _segments.Prepare();
        bool isEnding;
        do
        {
            lock (_gate)
            {
                while (!_isDue && !_isEnding) Monitor.Wait(_gate); // once it is ending, requests that are on their way are looked for without a pause
                (_isDue, isEnding) = (false, _isEnding);
            }

            while (_waiting.TryDequeue(out var row))
            {
                _batch.Add(row);
                Interlocked.Decrement(ref _waitingCount);
                if (_batch.Count == ExposureLogDefaults.BatchRequests) WriteBatch();
            }

            if (_batch.Count > 0) WriteBatch();
            _segments.FinishIfDue();
        }
        while (!isEnding || Volatile.Read(ref _waitingCount) > 0);
        _segments.Finish();
    }

    private void WriteBatch()
    {
        if (_segments.Write(_batch))
        {
            Interlocked.Add(ref _writtenCount, _batch.Count);
            Telemetry.ExposuresWritten(_batch.Count);
        }
        else
        {
            Dropped(_batch.Count, Telemetry.DiskFailed);
        }

        foreach (var row in _batch)
        {
            row.Clear();
            _spare.Enqueue(row);
        }

        _batch.Clear();
        _segments.FinishIfDue();
    }

    private void Dropped(int count, string reason)
    {
        Interlocked.Add(ref _droppedCount, count);
        Telemetry.ExposuresDropped(count, reason);
    }
}
