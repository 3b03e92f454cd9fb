namespace LineRec.Tracking;

/// <summary>Where tracking is kept: a folder, a server, or a server behind a spool.</summary>
/// <remarks>Thread-safe. Names and limits have been checked by the caller.</remarks>
internal interface ITrackingStore : IDisposable
{
    /// <exception cref="TrackingException">It wasn't written.</exception>
    Task<WriteResult> WriteAsync(TrackingWrite write, CancellationToken cancellationToken);

    /// <exception cref="TrackingException">There is no such run.</exception>
    Task<RunRecord> ReadRunAsync(string runId, CancellationToken cancellationToken);

    Task<IReadOnlyList<RunRecord>> ReadRunsAsync(string experiment, CancellationToken cancellationToken);

    Task<ModelVersion?> FindModelAsync(string model, string alias, CancellationToken cancellationToken);

    /// <summary>Sends what waits, and says how much still does.</summary>
    Task<int> SendSpooledAsync(CancellationToken cancellationToken);
}
