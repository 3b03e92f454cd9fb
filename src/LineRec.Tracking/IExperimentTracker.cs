namespace LineRec.Tracking;

/// <summary>Keeps what was tried: runs of experiments with their parameters, metrics, data and files, and the models that came of them. Names are MLflow's.</summary>
/// <remarks>Thread-safe.</remarks>
public interface IExperimentTracker
{
    /// <summary>Starts a run. The experiment is created where there is none of that name.</summary>
    /// <param name="experiment">The experiment's name, such as "two-tower"; not empty.</param>
    /// <param name="runName">What people call the run; null: the experiment's name and the time.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="ArgumentException">A name is empty.</exception>
    /// <exception cref="TrackingException">The server refused, or it is out of reach and there is no spool.</exception>
    Task<IExperimentRun> StartRunAsync(string experiment, string? runName = null, CancellationToken cancellationToken = default);

    /// <summary>Goes on with an earlier run, after a crash for example. Its status is running again.</summary>
    /// <param name="runId">The run's <see cref="IExperimentRun.RunId"/>.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="TrackingException">There is no such run, or the server refused or is out of reach.</exception>
    Task<IExperimentRun> ResumeRunAsync(string runId, CancellationToken cancellationToken = default);

    /// <summary>Registers a version of a model and gives it its aliases. The registered model is created where there is none of that name.</summary>
    /// <param name="model">What is registered.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The version's number, from 1; null where it went to the spool and will be numbered when it is sent.</returns>
    /// <exception cref="ArgumentException">A name is one that MLflow doesn't take.</exception>
    /// <exception cref="TrackingException">The server refused, or it is out of reach and there is no spool.</exception>
    Task<int?> RegisterModelAsync(ModelRegistration model, CancellationToken cancellationToken = default);

    /// <summary>Points an alias ("champion", "candidate") to a version; it leaves the version that it pointed to.</summary>
    /// <param name="model">The registered model's name.</param>
    /// <param name="alias">Letters, digits, '_' and '-'; neither "latest" nor "v1".</param>
    /// <param name="version">The version's number, from 1.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="ArgumentException">The alias is one that MLflow doesn't take.</exception>
    /// <exception cref="TrackingException">There is no such version, the server refused, or it is out of reach and there is no spool.</exception>
    Task SetModelAliasAsync(string model, string alias, int version, CancellationToken cancellationToken = default);

    /// <summary>The version that an alias points to, or null where there is no such model or alias.</summary>
    /// <param name="model">The registered model's name.</param>
    /// <param name="alias">The alias.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="TrackingException">The server refused or is out of reach.</exception>
    Task<ModelVersion?> FindModelAsync(string model, string alias, CancellationToken cancellationToken = default);

    /// <summary>Reads the runs of an experiment that aren't deleted, whole, the oldest first; none where there is no such experiment.</summary>
    /// <param name="experiment">The experiment's name.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="TrackingException">The server refused or is out of reach, or a file of the folder is damaged.</exception>
    Task<IReadOnlyList<RunRecord>> ReadRunsAsync(string experiment, CancellationToken cancellationToken = default);

    /// <summary>Sends what waits in the spool, in order, until it is empty or the server is out of reach.</summary>
    /// <param name="cancellationToken">Stops between two calls.</param>
    /// <returns>How many calls still wait; 0 where there is no spool.</returns>
    Task<int> SendSpooledAsync(CancellationToken cancellationToken = default);
}
