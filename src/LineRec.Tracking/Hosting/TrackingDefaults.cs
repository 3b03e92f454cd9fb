namespace LineRec.Tracking;

/// <summary>The defaults of <see cref="TrackingOptions"/>.</summary>
internal static class TrackingDefaults
{
    public const int MaxRetries = 3;
    public static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan LongestRetryDelay = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan ArtifactTimeout = TimeSpan.FromMinutes(10);
    public static readonly TimeSpan SpoolInterval = TimeSpan.FromSeconds(30);
}
