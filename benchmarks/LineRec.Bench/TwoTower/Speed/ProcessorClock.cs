namespace LineRec.Bench.TwoTower;

/// <summary>A clock that goes on while this process computes, over all of its threads: on a machine that others use too, it measures the work.</summary>
internal sealed class ProcessorClock : TimeProvider
{
    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override long GetTimestamp() => Environment.CpuUsage.TotalTime.Ticks;
}
