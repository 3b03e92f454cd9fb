namespace LineRec.Tracking;

/// <summary>A run that goes on: what is logged to it. End it with <see cref="EndAsync"/>; one that is disposed without having ended counts as failed.</summary>
/// <remarks>Thread-safe. What is logged by one thread arrives in its order.</remarks>
public interface IExperimentRun : IAsyncDisposable
{
    /// <summary>The run's id. While the run itself waits in a spool it is one of the spool's own ("spooled-…"), which stays valid here.</summary>
    string RunId { get; }

    /// <summary>What people call the run.</summary>
    string RunName { get; }

    /// <summary>
    /// Logs a figure without waiting: it is sent in the background, in batches. Meant for training loops: a failure doesn't throw here, but is logged, and
    /// <see cref="FlushAsync"/> and <see cref="EndAsync"/> throw it. Figures that come while <see cref="TrackingLimits.BufferedMetrics"/> of them wait are dropped and counted there too.
    /// </summary>
    /// <param name="key">The metric's name: letters, digits, '_', '-', '.', ' ' and '/', at most 250.</param>
    /// <param name="value">The figure; NaN and infinities are figures too.</param>
    /// <param name="step">Where on the curve it belongs.</param>
    /// <exception cref="ArgumentException">The name is one that MLflow doesn't take.</exception>
    void LogMetric(string key, double value, long step = 0);

    /// <summary>Logs figures with their own times, after those that wait.</summary>
    /// <param name="metrics">The figures, any number of them; more than a call may have are sent in several.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="ArgumentException">A name is one that MLflow doesn't take.</exception>
    /// <exception cref="TrackingException">The server refused, or it is out of reach and there is no spool.</exception>
    Task LogMetricsAsync(IReadOnlyCollection<Metric> metrics, CancellationToken cancellationToken = default);

    /// <summary>Logs parameters: what the run was started with. A parameter's value can't be changed later; the same value again is no error.</summary>
    /// <param name="parameters">Names as for metrics; values of at most 6,000 characters.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="ArgumentException">A name or value is one that MLflow doesn't take, or a name comes twice.</exception>
    /// <exception cref="TrackingException">A parameter has another value already, the server refused, or it is out of reach and there is no spool.</exception>
    Task LogParamsAsync(IEnumerable<KeyValuePair<string, string>> parameters, CancellationToken cancellationToken = default);

    /// <summary>Sets tags: what may change later. The last value counts.</summary>
    /// <param name="tags">Names as for metrics; values of at most 5,000 characters.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="ArgumentException">A name or value is one that MLflow doesn't take.</exception>
    /// <exception cref="TrackingException">The server refused, or it is out of reach and there is no spool.</exception>
    Task SetTagsAsync(IEnumerable<KeyValuePair<string, string>> tags, CancellationToken cancellationToken = default);

    /// <summary>Says what data the run read.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="ArgumentException">A value is longer than MLflow takes.</exception>
    /// <exception cref="TrackingException">The server refused, or it is out of reach and there is no spool.</exception>
    Task LogInputAsync(DatasetInput dataset, CancellationToken cancellationToken = default);

    /// <summary>Keeps a file, or a folder with all below it, with the run. Logged again under the same name, it replaces the earlier one.</summary>
    /// <param name="path">The file or folder on this machine.</param>
    /// <param name="artifactPath">The folder among the run's artefacts, with '/' between its parts; null: at the top.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="FileNotFoundException">There is no such file or folder.</exception>
    /// <exception cref="ArgumentException"><paramref name="artifactPath"/> leads out of the run's artefacts.</exception>
    /// <exception cref="TrackingException">The server refused or doesn't take artefacts, or it is out of reach and there is no spool.</exception>
    Task LogArtifactAsync(string path, string? artifactPath = null, CancellationToken cancellationToken = default);

    /// <summary>Waits until everything that <see cref="LogMetric"/> was told so far is written (or in the spool).</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="TrackingException">Some of it was lost; the message says how much and why.</exception>
    Task FlushAsync(CancellationToken cancellationToken = default);

    /// <summary>Flushes, then ends the run. A second call does nothing.</summary>
    /// <param name="status">How it ended.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="TrackingException">Some metrics were lost (the run has ended all the same), the server refused, or it is out of reach and there is no spool.</exception>
    Task EndAsync(RunStatus status = RunStatus.Finished, CancellationToken cancellationToken = default);
}
