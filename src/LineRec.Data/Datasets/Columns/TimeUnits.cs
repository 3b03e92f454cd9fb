using System.Runtime.CompilerServices;
using Apache.Arrow.Types;

namespace LineRec.Data;

/// <summary>Times of any unit as milliseconds, rounded down.</summary>
internal static class TimeUnits
{
    public const long MillisecondsADay = 86_400_000;

    public static long ToMilliseconds(long value, TimeUnit unit) => unit switch
    {
        TimeUnit.Second => value * 1000,
        TimeUnit.Microsecond => FloorDivide(value, 1_000),
        TimeUnit.Nanosecond => FloorDivide(value, 1_000_000),
        _ => value,
    };

    /// <summary>Turns times of a unit into milliseconds, in place or not. Each divisor is a constant in its loop: a division by one takes a multiplication, any other some twenty cycles.</summary>
    public static void ToMilliseconds(ReadOnlySpan<long> from, TimeUnit unit, Span<long> to)
    {
        switch (unit)
        {
            case TimeUnit.Microsecond: for (int i = 0; i < from.Length; i++) to[i] = FloorDivide(from[i], 1_000); break;
            case TimeUnit.Nanosecond: for (int i = 0; i < from.Length; i++) to[i] = FloorDivide(from[i], 1_000_000); break;
            case TimeUnit.Millisecond when from == to: break;
            default: for (int i = 0; i < from.Length; i++) to[i] = ToMilliseconds(from[i], unit); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long FloorDivide(long value, long divisor)
    {
        long quotient = value / divisor;
        return quotient * divisor > value ? quotient - 1 : quotient;
    }
}
