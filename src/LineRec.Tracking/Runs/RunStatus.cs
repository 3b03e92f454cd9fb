namespace LineRec.Tracking;

/// <summary>Where a run stands; the numbers are MLflow's.</summary>
public enum RunStatus
{
    /// <summary>It goes on.</summary>
    Running = 1,

    /// <summary>It will start later.</summary>
    Scheduled = 2,

    /// <summary>It ended well.</summary>
    Finished = 3,

    /// <summary>It ended with a failure.</summary>
    Failed = 4,

    /// <summary>It was stopped from outside.</summary>
    Killed = 5,
}
