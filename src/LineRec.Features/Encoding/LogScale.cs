namespace LineRec.Features;

/// <summary>The log scales of counts, times and amounts, in one place so that all features agree.</summary>
internal static class LogScale
{
    internal const long MillisecondsPerDay = 86_400_000;

    /// <summary>log(1 + n).</summary>
    internal static float Count(int n) => MathF.Log(1f + n);

    /// <summary>log(1 + days) of a span in milliseconds; a negative span (a clock that runs ahead) counts as none.</summary>
    internal static float Days(long milliseconds) => MathF.Log(1f + (float)((double)Math.Max(0, milliseconds) / MillisecondsPerDay));

    /// <summary>log(1 + x), mirrored for negative x; NaN for NaN and infinities.</summary>
    internal static float Signed(float x) => !float.IsFinite(x) ? float.NaN : x < 0f ? -MathF.Log(1f - x) : MathF.Log(1f + x);

    /// <summary>The UTC day of an instant, counted from 1970-01-01.</summary>
    internal static int DayOf(long unixMilliseconds) => (int)Math.Floor((double)unixMilliseconds / MillisecondsPerDay);
}
