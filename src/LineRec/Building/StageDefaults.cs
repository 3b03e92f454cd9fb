namespace LineRec;

internal static class StageDefaults
{
    /// <summary>The longest deadline or time-out: what every timer of .NET can wait for.</summary>
    public static readonly TimeSpan LongestTimeout = TimeSpan.FromMilliseconds(int.MaxValue);
}
