namespace LineRec;

/// <summary>Defaults of <see cref="ExposureLogOptions"/>.</summary>
public static class ExposureLogDefaults
{
    /// <summary>The share of requests that is logged.</summary>
    public const double Share = 1;

    /// <summary>How many requests may wait for the writer.</summary>
    public const int MaxWaiting = 8_192;

    /// <summary>How large a segment gets before it is finished, in bytes.</summary>
    public const long SegmentBytes = 64 << 20;

    /// <summary>How old a segment gets before it is finished.</summary>
    public static readonly TimeSpan SegmentAge = TimeSpan.FromMinutes(10);

    /// <summary>How often what waits is written.</summary>
    public static readonly TimeSpan WriteInterval = TimeSpan.FromSeconds(1);

    /// <summary>How many requests a batch holds at the most.</summary>
    internal const int BatchRequests = 1_024;

    /// <summary>How long <see cref="ExposureLog.Dispose"/> waits for what is still to be written.</summary>
    internal static readonly TimeSpan ShutdownLimit = TimeSpan.FromSeconds(30);
}
