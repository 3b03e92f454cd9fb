namespace LineRec.Tracking.Tests;

/// <summary>A clock that stands still, whose pauses of up to ten seconds are over at once: retries come without waiting, time limits don't.</summary>
internal sealed class SkippingTime(DateTimeOffset now) : TimeProvider
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    public override DateTimeOffset GetUtcNow() => now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, dueTime > TimeSpan.Zero && dueTime <= LongestPause ? TimeSpan.FromMilliseconds(1) : dueTime, period);
}
