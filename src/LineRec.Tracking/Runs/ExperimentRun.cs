using Microsoft.Extensions.Logging;

namespace LineRec.Tracking;

/// <summary>A run over a store: checks names, cuts into calls, keeps metrics in order.</summary>
internal sealed class ExperimentRun(ITrackingStore store, string runId, string runName, TimeProvider time, ILogger logger) : IExperimentRun
{
    private readonly MetricBuffer _metrics = new(runName, metrics => store.WriteAsync(new LogBatch(runId) { Metrics = metrics }, CancellationToken.None), logger);
    private int _ended;

    public string RunId => runId;

    public string RunName => runName;

    public void LogMetric(string key, double value, long step = 0)
    {
        TrackingNames.RequireKey(key, "metric");
        _metrics.Add(new Metric(key, value, time.GetUtcNow(), step));
    }

    public async Task LogMetricsAsync(IReadOnlyCollection<Metric> metrics, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        foreach (var metric in metrics) TrackingNames.RequireKey(metric.Key, "metric");
        await _metrics.DrainAsync(cancellationToken).ConfigureAwait(false);
        await WriteAllAsync(WriteBatches.OfMetrics(runId, metrics), cancellationToken).ConfigureAwait(false);
    }

    public Task LogParamsAsync(IEnumerable<KeyValuePair<string, string>> parameters, CancellationToken cancellationToken = default)
    {
        KeyValuePair<string, string>[] all = [.. parameters];
        Require(all, "parameter", TrackingLimits.ParamValueLength);
        if (all.GroupBy(p => p.Key).FirstOrDefault(g => g.Count() > 1) is { } twice) throw new ArgumentException($"The parameter '{twice.Key}' comes {twice.Count()} times; a parameter has one value.", nameof(parameters));
        return WriteAllAsync(WriteBatches.OfParams(runId, all), cancellationToken);
    }

    public Task SetTagsAsync(IEnumerable<KeyValuePair<string, string>> tags, CancellationToken cancellationToken = default)
    {
        KeyValuePair<string, string>[] all = [.. tags];
        Require(all, "tag", TrackingLimits.TagValueLength);
        return WriteAllAsync(WriteBatches.OfTags(runId, all), cancellationToken);
    }

    public Task LogInputAsync(DatasetInput dataset, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        TrackingNames.Require(dataset);
        return store.WriteAsync(new LogInputs(runId, [dataset]), cancellationToken);
    }

    public Task LogArtifactAsync(string path, string? artifactPath = null, CancellationToken cancellationToken = default)
    {
        string full = Path.GetFullPath(path);
        if (File.Exists(full)) return WriteAllAsync([Artifact(full, Path.GetFileName(full), artifactPath)], cancellationToken);
        if (!Directory.Exists(full)) throw new FileNotFoundException($"There is no file or folder '{path}' to keep with run '{runName}'.", path);
        var files = Directory.EnumerateFiles(full, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal);
        return WriteAllAsync([.. files.Select(f => Artifact(f, Path.GetRelativePath(full, f).Replace('\\', '/'), artifactPath))], cancellationToken);
    }

    public Task FlushAsync(CancellationToken cancellationToken = default) => _metrics.FlushAsync(cancellationToken);

    public async Task EndAsync(RunStatus status = RunStatus.Finished, CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _ended, 1) == 1) return;
        try
        {
            await _metrics.DrainAsync(cancellationToken).ConfigureAwait(false);
            await store.WriteAsync(new UpdateRun(runId, status, time.GetUtcNow().ToUnixTimeMilliseconds()), cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            _ended = 0; // not ended: the caller may try again
            throw;
        }

        await _metrics.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await EndAsync(RunStatus.Failed).ConfigureAwait(false);
        }
        catch (Exception e) when (e is TrackingException or IOException)
        {
            logger.LogError(e, "Run '{Run}' couldn't be ended.", runName);
        }

        await _metrics.CompleteAsync().ConfigureAwait(false);
    }

    private static void Require(KeyValuePair<string, string>[] pairs, string what, int limit)
    {
        foreach (var (key, value) in pairs)
        {
            TrackingNames.RequireKey(key, what);
            TrackingNames.RequireValue(key, value, limit, what);
        }
    }

    private LogArtifact Artifact(string file, string name, string? folder)
    {
        string path = string.IsNullOrEmpty(folder) ? name : $"{folder}/{name}";
        TrackingNames.RequireArtifactPath(path);
        return new LogArtifact(runId, file, path);
    }

    private async Task WriteAllAsync(IEnumerable<TrackingWrite> writes, CancellationToken cancellationToken)
    {
        foreach (var write in writes) await store.WriteAsync(write, cancellationToken).ConfigureAwait(false);
    }
}
