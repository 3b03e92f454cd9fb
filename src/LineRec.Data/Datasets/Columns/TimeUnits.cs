using Apache.Arrow.Types;

namespace LineRec.Data;

/// <summary>Times of any unit as milliseconds, rounded down.</summary>
internal static class TimeUnits
{
    public const long MillisecondsADay = 86_400_000;

    /// <summary>How many of a unit make a millisecond; the unit is no coarser than that.</summary>
    public static long PerMillisecond(TimeUnit unit) => unit switch { TimeUnit.Nanosecond => 1_000_000, TimeUnit.Microsecond => 1_000, _ => 1 };

    public static long ToMilliseconds(long value, TimeUnit unit) => unit == TimeUnit.Second ? value * 1000 : FloorDivide(value, PerMillisecond(unit));

    public static long FloorDivide(long value, long divisor)
    {
        long quotient = value / divisor;
        return quotient * divisor > value ? quotient - 1 : quotient;
    }
}
