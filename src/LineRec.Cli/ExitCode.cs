namespace LineRec.Cli;

/// <summary>How a command ended, for scripts. The numbers don't change.</summary>
internal enum ExitCode
{
    /// <summary>All is done.</summary>
    Done = 0,

    /// <summary>A step failed; trying again may help, and goes on from that step.</summary>
    Failed = 1,

    /// <summary>An option, a folder, the configuration or the data is wrong; trying again changes nothing.</summary>
    Usage = 2,

    /// <summary>The gate refused the bundle.</summary>
    Refused = 3,

    /// <summary>A step that is needed isn't done, or another run is at work; trying again later may help.</summary>
    NotReady = 4,

    /// <summary>It was cancelled (Ctrl+C, SIGTERM); the next run goes on from the step that it was at.</summary>
    Cancelled = 130,
}
