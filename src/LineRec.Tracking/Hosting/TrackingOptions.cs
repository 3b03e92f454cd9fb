namespace LineRec.Tracking;

/// <summary>Where tracking is kept, and how a server is called.</summary>
public sealed class TrackingOptions
{
    /// <summary>
    /// MLflow's tracking URI: "https://mlflow.example.com" (a path is kept), or a folder such as "mlruns" or "file:///data/mlruns", which is created. Must be set.
    /// </summary>
    public string TrackingUri { get; set; } = "";

    /// <summary>A bearer token of the server; null: none. A folder ignores it.</summary>
    public string? Token { get; set; }

    /// <summary>A user name of a server with basic authentication, with <see cref="Password"/>; null: none. A folder ignores it.</summary>
    public string? UserName { get; set; }

    /// <summary>The password of <see cref="UserName"/>.</summary>
    public string? Password { get; set; }

    /// <summary>
    /// A folder of this process's own in which writes wait while the server is out of reach; null: such writes throw. A second process with the same folder is refused. A
    /// tracking folder ignores it.
    /// </summary>
    public string? SpoolFolder { get; set; }

    /// <summary>How long after a failure the spool is tried again. Default 30 seconds; over zero.</summary>
    public TimeSpan SpoolInterval { get; set; } = TrackingDefaults.SpoolInterval;

    /// <summary>How often a call is repeated when nobody answers or the server is busy or broken. Default 3; 0 to 20.</summary>
    public int MaxRetries { get; set; } = TrackingDefaults.MaxRetries;

    /// <summary>The pause before the first repetition; it doubles each time, and a server's Retry-After goes before it. Default 1 second; over zero.</summary>
    public TimeSpan RetryDelay { get; set; } = TrackingDefaults.RetryDelay;

    /// <summary>How long one call may take. Default 30 seconds; over zero.</summary>
    public TimeSpan RequestTimeout { get; set; } = TrackingDefaults.RequestTimeout;

    /// <summary>How long the sending of one artefact may take. Default 10 minutes; over zero.</summary>
    public TimeSpan ArtifactTimeout { get; set; } = TrackingDefaults.ArtifactTimeout;

    /// <summary>Who starts the runs. Default: the process's user, or "unknown" where it has no name.</summary>
    public string User { get; set; } = Environment.UserName is { Length: > 0 } user ? user : "unknown";
}
