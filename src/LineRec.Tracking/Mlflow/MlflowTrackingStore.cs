using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace LineRec.Tracking;

/// <summary>An MLflow tracking server: repeats what may be repeated, and looks first whether it was done where that isn't certain.</summary>
/// <remarks>
/// Most of MLflow's writes may be repeated: they set a value. Three add one: a run and a model version are found again by the tag linerec.key, points of a metric by the metric's history. So each is there
/// once, as long as one process at a time writes to a run.
/// </remarks>
internal sealed class MlflowTrackingStore : ITrackingStore
{
    private const double LargestFinite = double.MaxValue; // what MLflow's database keeps for an infinity
    private readonly MlflowClient _client;
    private readonly IDisposable? _owned;
    private readonly ResiliencePipeline _retries;
    private readonly ConcurrentDictionary<string, string> _experiments = new(), _artifactUris = new();

    /// <summary>Creates it.</summary>
    /// <param name="client">The server's calls.</param>
    /// <param name="options">How often a call is repeated, and after which pause.</param>
    /// <param name="time">The clock of the pauses.</param>
    /// <param name="logger">Is told of repetitions.</param>
    /// <param name="owned">What ends with it; null: nothing.</param>
    public MlflowTrackingStore(MlflowClient client, TrackingOptions options, TimeProvider time, ILogger logger, IDisposable? owned = null)
    {
        (_client, _owned) = (client, owned);
        var builder = new ResiliencePipelineBuilder { TimeProvider = time };
        if (options.MaxRetries > 0)
        {
            builder.AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = options.MaxRetries,
                Delay = options.RetryDelay,
                BackoffType = DelayBackoffType.Exponential,
                MaxDelay = TrackingDefaults.LongestRetryDelay,
                ShouldHandle = new PredicateBuilder().Handle<TrackingException>(e => e.IsTransient),
                DelayGenerator = outcome => ValueTask.FromResult(Pause(outcome.Outcome.Exception)),
                OnRetry = outcome =>
                {
                    logger.LogWarning(outcome.Outcome.Exception, "A call to MLflow failed (attempt {Attempt}) and is repeated in {Delay}.", outcome.AttemptNumber + 1, outcome.RetryDelay);
                    return default;
                },
            });
        }

        _retries = builder.Build();
    }

    public Task<WriteResult> WriteAsync(TrackingWrite write, CancellationToken cancellationToken) => WriteAsync(write, mayBeDone: false, cancellationToken);

    /// <summary>Writes once.</summary>
    /// <param name="write">What is written.</param>
    /// <param name="mayBeDone">Whether an earlier try may have done it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TrackingException">It wasn't written, or, where it says so, may have been.</exception>
    public async Task<WriteResult> WriteAsync(TrackingWrite write, bool mayBeDone, CancellationToken cancellationToken)
    {
        return await _retries.ExecuteAsync(
            async token =>
            {
                try
                {
                    return await SendAsync(write, mayBeDone, () => mayBeDone = true, token).ConfigureAwait(false);
                }
                catch (TrackingException e)
                {
                    e.MayBeDone = mayBeDone |= e.MayBeDone;
                    throw;
                }
            },
            cancellationToken).ConfigureAwait(false);
    }

    public async Task<RunRecord> ReadRunAsync(string runId, CancellationToken cancellationToken) =>
        await ReadAsync(await RepeatedAsync(token => _client.GetRunAsync(runId, token), cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    public async Task<IReadOnlyList<RunRecord>> ReadRunsAsync(string experiment, CancellationToken cancellationToken)
    {
        if (await RepeatedAsync(token => _client.FindExperimentAsync(experiment, token), cancellationToken).ConfigureAwait(false) is not { } id) return [];
        List<RunRecord> runs = [];
        foreach (var run in await RepeatedAsync(token => _client.SearchRunsAsync(id, null, token), cancellationToken).ConfigureAwait(false)) runs.Add(await ReadAsync(run, cancellationToken).ConfigureAwait(false));
        return runs;
    }

    public async Task<ModelVersion?> FindModelAsync(string model, string alias, CancellationToken cancellationToken) =>
        await RepeatedAsync(token => _client.FindModelVersionAsync(model, alias, token), cancellationToken).ConfigureAwait(false) is { } found ? MlflowRecords.Model(found) : null;

    public Task<int> SendSpooledAsync(CancellationToken cancellationToken) => Task.FromResult(0);

    public void Dispose() => _owned?.Dispose();

    private Task<T> RepeatedAsync<T>(Func<CancellationToken, Task<T>> read, CancellationToken cancellationToken) =>
        _retries.ExecuteAsync(token => new ValueTask<T>(read(token)), cancellationToken).AsTask();

    private async Task<WriteResult> SendAsync(TrackingWrite write, bool mayBeDone, Action begun, CancellationToken cancellationToken)
    {
        switch (write)
        {
            case CreateRun run: return new WriteResult(RunId: await CreateAsync(run, mayBeDone, cancellationToken).ConfigureAwait(false));
            case RegisterModel model: return new WriteResult(Version: await RegisterAsync(model, mayBeDone, begun, cancellationToken).ConfigureAwait(false));
            case SetAlias alias: await SetAliasAsync(alias.Model, alias.Alias, alias.Version, cancellationToken).ConfigureAwait(false); break;
            case UpdateRun update: await _client.UpdateRunAsync(new(update.RunId, update.Status.ToString().ToUpperInvariant(), update.EndTime), cancellationToken).ConfigureAwait(false); break;
            case LogBatch batch: await LogAsync(batch, mayBeDone, cancellationToken).ConfigureAwait(false); break;
            case LogInputs inputs: await _client.LogInputsAsync(new(inputs.RunId, [.. inputs.Datasets.Select(MlflowRecords.Message)]), cancellationToken).ConfigureAwait(false); break;
            case LogArtifact artifact: await _client.UploadAsync(await ArtifactUriAsync(artifact.RunId, cancellationToken).ConfigureAwait(false), artifact.Path, artifact.File, cancellationToken).ConfigureAwait(false); break;
            default: throw new NotSupportedException($"{write.GetType().Name} can't be sent to a server.");
        }

        return default;
    }

    private async Task<string> CreateAsync(CreateRun run, bool mayBeDone, CancellationToken cancellationToken)
    {
        string experiment = await ExperimentAsync(run.Experiment, cancellationToken).ConfigureAwait(false);
        if (mayBeDone && await _client.SearchRunsAsync(experiment, $"tags.`{TrackingTags.Key}` = '{run.Key}'", cancellationToken).ConfigureAwait(false) is [var earlier, ..]) return earlier.Info.RunId;
        var created = await _client.CreateRunAsync(new(experiment, run.User, run.RunName, run.StartTime, MlflowRecords.Messages(run.Tags)), cancellationToken).ConfigureAwait(false);
        if (created.ArtifactUri is { } place) _artifactUris[created.RunId] = place;
        return created.RunId;
    }

    private async Task<string> ExperimentAsync(string name, CancellationToken cancellationToken)
    {
        if (_experiments.TryGetValue(name, out string? known)) return known;
        string? id = await _client.FindExperimentAsync(name, cancellationToken).ConfigureAwait(false);
        try
        {
            id ??= await _client.CreateExperimentAsync(name, cancellationToken).ConfigureAwait(false);
        }
        catch (TrackingException e) when (e.ErrorCode == "RESOURCE_ALREADY_EXISTS")
        {
            id = await _client.FindExperimentAsync(name, cancellationToken).ConfigureAwait(false); // another process was first
        }

        return _experiments[name] = id ?? throw new TrackingException($"The experiment '{name}' came and went on the server; try again.");
    }

    private async Task LogAsync(LogBatch batch, bool mayBeDone, CancellationToken cancellationToken)
    {
        IReadOnlyList<MetricMessage> metrics = [.. batch.Metrics.Select(MlflowRecords.Message)];
        if (mayBeDone) metrics = await MissingAsync(batch.RunId, metrics, cancellationToken).ConfigureAwait(false);
        switch (metrics, batch.Params, batch.Tags)
        {
            case ([], [], []): break;
            case ([var metric], [], []): await _client.LogMetricAsync(new(batch.RunId, metric.Key, metric.Value, metric.Timestamp, metric.Step), cancellationToken).ConfigureAwait(false); break;
            case ([], [], [var tag]): await _client.SetTagAsync(new(batch.RunId, tag.Key, tag.Value), cancellationToken).ConfigureAwait(false); break;
            default: await _client.LogBatchAsync(new(batch.RunId, metrics, MlflowRecords.Messages(batch.Params), MlflowRecords.Messages(batch.Tags)), cancellationToken).ConfigureAwait(false); break;
        }
    }

    private async Task<IReadOnlyList<MetricMessage>> MissingAsync(string runId, IReadOnlyList<MetricMessage> metrics, CancellationToken cancellationToken)
    {
        HashSet<MetricMessage> there = [];
        foreach (string key in metrics.Select(m => m.Key).Distinct())
        {
            foreach (var point in await _client.GetMetricHistoryAsync(runId, key, cancellationToken).ConfigureAwait(false)) there.Add(Kept(point));
        }

        return [.. metrics.Where(m => !there.Contains(Kept(m)))];
    }

    private static MetricMessage Kept(MetricMessage point) => double.IsInfinity(point.Value) ? point with { Value = Math.CopySign(LargestFinite, point.Value) } : point;

    private async Task<int> RegisterAsync(RegisterModel register, bool mayBeDone, Action begun, CancellationToken cancellationToken)
    {
        var model = register.Model;
        try
        {
            await _client.CreateRegisteredModelAsync(model.Name, cancellationToken).ConfigureAwait(false);
        }
        catch (TrackingException e) when (e.ErrorCode == "RESOURCE_ALREADY_EXISTS")
        {
            // it only has to be there
        }

        int? version = null;
        if (mayBeDone)
        {
            var versions = await _client.SearchModelVersionsAsync(model.Name, cancellationToken).ConfigureAwait(false);
            version = versions.FirstOrDefault(v => v.Tags?.Any(t => t.Key == TrackingTags.Key && t.Value == register.Key) == true) is { } earlier ? MlflowRecords.Number(earlier) : null;
        }

        if (version is null)
        {
            KeyValueMessage[] tags = [.. MlflowRecords.Messages(model.Tags), new(TrackingTags.Key, register.Key)];
            version = MlflowRecords.Number(await _client.CreateModelVersionAsync(new(model.Name, model.Source, model.RunId, tags, model.Description), cancellationToken).ConfigureAwait(false));
            begun();
        }

        foreach (string alias in model.Aliases) await SetAliasAsync(model.Name, alias, version.Value, cancellationToken).ConfigureAwait(false);
        return version.Value;
    }

    private Task SetAliasAsync(string model, string alias, int version, CancellationToken cancellationToken) =>
        _client.SetAliasAsync(new(model, alias, version.ToString(CultureInfo.InvariantCulture)), cancellationToken);

    private async Task<string> ArtifactUriAsync(string runId, CancellationToken cancellationToken) => _artifactUris.TryGetValue(runId, out string? known)
        ? known
        : _artifactUris[runId] = (await _client.GetRunAsync(runId, cancellationToken).ConfigureAwait(false)).Info.ArtifactUri ?? "";

    private async Task<RunRecord> ReadAsync(RunMessage run, CancellationToken cancellationToken)
    {
        Dictionary<string, IReadOnlyList<MetricMessage>> metrics = [];
        foreach (var last in run.Data?.Metrics ?? []) metrics[last.Key] = await RepeatedAsync(token => _client.GetMetricHistoryAsync(run.Info.RunId, last.Key, token), cancellationToken).ConfigureAwait(false);

        return MlflowRecords.Run(run, metrics);
    }

    private static TimeSpan? Pause(Exception? failure) => failure is TrackingException { RetryAfter: { } asked }
        ? TimeSpan.FromTicks(Math.Clamp(asked.Ticks, 0, TrackingDefaults.LongestRetryDelay.Ticks))
        : null;
}
