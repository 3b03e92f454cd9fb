namespace LineRec;

/// <summary>Where the exposure log is written, and how much of it.</summary>
public sealed class ExposureLogOptions
{
    /// <summary>The folder for segments; made where it isn't there. Several hosts may share one. Must be set.</summary>
    public string Folder { get; set; } = "";

    /// <summary>The share of requests that is logged, over 0 to 1: those whose id hashes below it, so that a request is logged by every host or by none. Default 1.</summary>
    public double Share { get; set; } = ExposureLogDefaults.Share;

    /// <summary>How many requests may wait for the writer, 1 or more; what comes when so many wait is dropped and counted. Each takes some kilobytes. Default 8,192.</summary>
    public int MaxWaiting { get; set; } = ExposureLogDefaults.MaxWaiting;

    /// <summary>How large a segment gets before it is finished, in bytes, 1 or more. Default 64 MB.</summary>
    public long SegmentBytes { get; set; } = ExposureLogDefaults.SegmentBytes;

    /// <summary>How old a segment gets before it is finished, over zero. Default 10 minutes.</summary>
    public TimeSpan SegmentAge { get; set; } = ExposureLogDefaults.SegmentAge;

    /// <summary>How often what waits is written, over zero: a killed process loses no more than what came since. Default 1 second.</summary>
    public TimeSpan WriteInterval { get; set; } = ExposureLogDefaults.WriteInterval;
}
