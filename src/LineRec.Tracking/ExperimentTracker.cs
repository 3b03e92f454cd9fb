using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LineRec.Tracking;

/// <summary>Tracks to a folder in MLflow's layout, or to an MLflow tracking server.</summary>
/// <remarks>Thread-safe. Dispose it when its runs have ended: it lets go of the spool's folder.</remarks>
public sealed class ExperimentTracker : IExperimentTracker, IDisposable
{
    private readonly ITrackingStore _store;
    private readonly TrackingOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    internal ExperimentTracker(ITrackingStore store, TrackingOptions options, TimeProvider time, ILogger logger) => (_store, _options, _time, _logger) = (store, options, time, logger);

    /// <summary>Creates a tracker without a container. In a host, use AddLineRecTracking.</summary>
    /// <param name="options">Where to and how.</param>
    /// <param name="client">
    /// Makes the client of each call to a server; null: one client that lives as long as the tracker. Its own Timeout should be infinite: calls are limited by the options.
    /// A folder ignores it.
    /// </param>
    /// <param name="time">The clock of timestamps, pauses and time limits; the system's by default.</param>
    /// <param name="logger">Is told of retries, spooling and what was lost.</param>
    /// <exception cref="ArgumentException">An option is wrong; the message names all that are.</exception>
    /// <exception cref="TrackingException">Another process uses the spool's folder.</exception>
    public static ExperimentTracker Create(TrackingOptions options, Func<HttpClient>? client = null, TimeProvider? time = null, ILogger<ExperimentTracker>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        var faults = TrackingOptionsValidator.Faults(options);
        if (faults.Count > 0) throw new ArgumentException(string.Join(" ", faults), nameof(options));
        var (clock, log) = (time ?? TimeProvider.System, logger ?? NullLogger<ExperimentTracker>.Instance);
        return new ExperimentTracker(TrackingStores.Create(options, client, clock, log), options, clock, log);
    }

    /// <inheritdoc/>
    public async Task<IExperimentRun> StartRunAsync(string experiment, string? runName = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(experiment);
        var now = _time.GetUtcNow();
        string name = runName ?? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{experiment}-{now:yyyyMMdd-HHmmss}");
        ArgumentException.ThrowIfNullOrWhiteSpace(name, nameof(runName));
        string key = Guid.NewGuid().ToString("n");
        var tags = new Dictionary<string, string>
        {
            [TrackingTags.RunName] = name, [TrackingTags.User] = _options.User, [TrackingTags.SourceType] = "LOCAL", [TrackingTags.Key] = key,
        };
        var created = await _store.WriteAsync(new CreateRun(key, experiment, name, _options.User, now.ToUnixTimeMilliseconds(), tags), cancellationToken).ConfigureAwait(false);
        return new ExperimentRun(_store, created.RunId!, name, _time, _logger);
    }

    /// <inheritdoc/>
    public async Task<IExperimentRun> ResumeRunAsync(string runId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(runId);
        var run = await _store.ReadRunAsync(runId, cancellationToken).ConfigureAwait(false);
        await _store.WriteAsync(new UpdateRun(runId, RunStatus.Running, null), cancellationToken).ConfigureAwait(false);
        return new ExperimentRun(_store, runId, run.RunName, _time, _logger);
    }

    /// <inheritdoc/>
    public async Task<int?> RegisterModelAsync(ModelRegistration model, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        TrackingNames.RequireModel(model.Name);
        ArgumentException.ThrowIfNullOrWhiteSpace(model.Source, nameof(model));
        foreach (string alias in model.Aliases) TrackingNames.RequireAlias(alias);
        foreach (var (key, value) in model.Tags)
        {
            TrackingNames.RequireKey(key, "tag");
            TrackingNames.RequireValue(key, value, TrackingLimits.TagValueLength, "tag");
        }

        return (await _store.WriteAsync(new RegisterModel(Guid.NewGuid().ToString("n"), model), cancellationToken).ConfigureAwait(false)).Version;
    }

    /// <inheritdoc/>
    public Task SetModelAliasAsync(string model, string alias, int version, CancellationToken cancellationToken = default)
    {
        TrackingNames.RequireModel(model);
        TrackingNames.RequireAlias(alias);
        ArgumentOutOfRangeException.ThrowIfLessThan(version, 1);
        return _store.WriteAsync(new SetAlias(model, alias, version), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<ModelVersion?> FindModelAsync(string model, string alias, CancellationToken cancellationToken = default)
    {
        TrackingNames.RequireModel(model);
        TrackingNames.RequireAlias(alias);
        return _store.FindModelAsync(model, alias, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<RunRecord>> ReadRunsAsync(string experiment, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(experiment);
        return _store.ReadRunsAsync(experiment, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<int> SendSpooledAsync(CancellationToken cancellationToken = default) => _store.SendSpooledAsync(cancellationToken);

    /// <summary>Lets go of the spool's folder. What waits there is sent by the next tracker that uses it.</summary>
    public void Dispose() => _store.Dispose();
}
