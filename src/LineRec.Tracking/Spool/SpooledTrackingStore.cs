using Microsoft.Extensions.Logging;

namespace LineRec.Tracking;

/// <summary>A server behind a spool: what can't be sent waits, and all that comes later waits behind it.</summary>
/// <remarks>
/// A write is marked before it is sent and dropped after its answer, so a crash between them leaves it marked; a marked one is looked for on the server before it is sent again. Reads don't wait: they throw.
/// </remarks>
internal sealed class SpooledTrackingStore(MlflowTrackingStore server, Spool spool, TimeSpan interval, TimeProvider time, ILogger logger) : ITrackingStore
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private long? _failedAt;

    public async Task<WriteResult> WriteAsync(TrackingWrite write, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (spool.Count > 0 && IsDue) await SendAllAsync(cancellationToken).ConfigureAwait(false);
            if (spool.Count > 0) return Keep(write, mayBeDone: false);
            try
            {
                return await server.WriteAsync(Resolved(write), cancellationToken).ConfigureAwait(false);
            }
            catch (TrackingException e) when (e.IsTransient)
            {
                Fail(e);
                return Keep(write, e.MayBeDone);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public Task<RunRecord> ReadRunAsync(string runId, CancellationToken cancellationToken) => server.ReadRunAsync(
        spool.FindRun(runId) ?? throw new TrackingException($"Run {runId} waits in the spool and isn't on the server yet; call SendSpooledAsync when the server is up.") { IsTransient = true }, cancellationToken);

    public Task<IReadOnlyList<RunRecord>> ReadRunsAsync(string experiment, CancellationToken cancellationToken) => server.ReadRunsAsync(experiment, cancellationToken);

    public Task<ModelVersion?> FindModelAsync(string model, string alias, CancellationToken cancellationToken) => server.FindModelAsync(model, alias, cancellationToken);

    public async Task<int> SendSpooledAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await SendAllAsync(cancellationToken).ConfigureAwait(false);
            return spool.Count;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        server.Dispose();
        spool.Dispose();
        _turn.Dispose();
    }

    private bool IsDue => _failedAt is not { } failed || time.GetElapsedTime(failed) >= interval;

    private async Task SendAllAsync(CancellationToken cancellationToken)
    {
        int sent = 0;
        while (spool.Count > 0)
        {
            var next = spool.First();
            try
            {
                var write = Resolved(next.Write);
                var begun = spool.Begin(next);
                var result = await server.WriteAsync(write, next.MayBeDone, cancellationToken).ConfigureAwait(false);
                if (next.Write is CreateRun created) spool.SetRun(created.Key, result.RunId!);
                spool.Done(begun);
                sent++;
            }
            catch (TrackingException e) when (e.IsTransient)
            {
                Fail(e);
                break;
            }
            catch (TrackingException e)
            {
                logger.LogError(e, "The server refused a write of the spool; it was put aside.");
                spool.Refuse(spool.First(), e.Message);
            }
        }

        if (sent > 0) logger.LogInformation("{Sent} writes of the spool were sent, {Waiting} wait.", sent, spool.Count);
        if (spool.Count == 0) _failedAt = null;
    }

    // The same write with the server's id of its run.
    private TrackingWrite Resolved(TrackingWrite write) => write.AboutRun is not { } run ? write
        : spool.FindRun(run) is { } known ? write.For(known)
        : throw new TrackingException($"Its run {run} was never created on the server.");

    private WriteResult Keep(TrackingWrite write, bool mayBeDone)
    {
        spool.Add(write, mayBeDone);
        return write is CreateRun run ? new WriteResult(RunId: Spool.RunPrefix + run.Key) : default;
    }

    private void Fail(TrackingException e)
    {
        if (_failedAt is null) logger.LogWarning(e, "The MLflow server is out of reach; writes wait in the spool and are sent later.");
        _failedAt = time.GetTimestamp();
    }
}
