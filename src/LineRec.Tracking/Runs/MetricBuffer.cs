using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace LineRec.Tracking;

/// <summary>Metrics that wait to be written: taken without waiting, written in order, as many a call as came while the last one was under way.</summary>
internal sealed class MetricBuffer
{
    private readonly Channel<(Metric? Metric, TaskCompletionSource? Reached)> _queue =
        Channel.CreateBounded<(Metric?, TaskCompletionSource?)>(new BoundedChannelOptions(TrackingLimits.BufferedMetrics) { SingleReader = true });

    private readonly string _run;
    private readonly Func<IReadOnlyList<Metric>, Task> _write;
    private readonly ILogger _logger;
    private readonly Task _writing;
    private long _lost;
    private Exception? _failure;

    public MetricBuffer(string run, Func<IReadOnlyList<Metric>, Task> write, ILogger logger)
    {
        (_run, _write, _logger) = (run, write, logger);
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>Takes a metric; one that doesn't fit, or comes after the end, is counted as lost.</summary>
    public void Add(Metric metric)
    {
        if (!_queue.Writer.TryWrite((metric, null))) Lose(1, null);
    }

    /// <summary>Waits until all that was added before has been written or lost.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await _queue.Writer.WriteAsync((null, reached), cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            return; // disposed: all is written
        }

        await reached.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Drains, and throws what was lost since the last call.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await DrainAsync(cancellationToken).ConfigureAwait(false);
        long lost = Interlocked.Exchange(ref _lost, 0);
        var failure = Interlocked.Exchange(ref _failure, null);
        if (lost > 0) throw new TrackingException($"{lost} metrics of run '{_run}' weren't written: {failure?.Message ?? $"more than {TrackingLimits.BufferedMetrics} waited, or they came after the run's end."}", failure);
    }

    /// <summary>Takes no more, and waits until all is written.</summary>
    public Task CompleteAsync()
    {
        _queue.Writer.TryComplete();
        return _writing;
    }

    private async Task WriteAsync()
    {
        List<Metric> batch = [];
        while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            TaskCompletionSource? reached = null;
            while (reached is null && batch.Count < TrackingLimits.MetricsPerBatch && _queue.Reader.TryRead(out var next))
            {
                if (next.Metric is { } metric) batch.Add(metric);
                reached = next.Reached;
            }

            if (batch.Count > 0) await WriteAsync(batch).ConfigureAwait(false);
            batch.Clear();
            reached?.SetResult();
        }
    }

    private async Task WriteAsync(List<Metric> batch)
    {
        try
        {
            await _write([.. batch]).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // a training isn't ended by its tracking; Flush and End throw it
        catch (Exception e)
#pragma warning restore CA1031
        {
            Lose(batch.Count, e);
        }
    }

    private void Lose(int count, Exception? failure)
    {
        if (failure is not null) Interlocked.CompareExchange(ref _failure, failure, null);
        if (Interlocked.Add(ref _lost, count) == count) _logger.LogError(failure, "Metrics of run '{Run}' aren't written; the run goes on without them.", _run);
    }
}
