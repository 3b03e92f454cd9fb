using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace LineRec.Data;

/// <summary>Copies the values of Arrow arrays: as they lie in memory, or converted where they lie otherwise.</summary>
internal static class ArrowValues
{
    /// <summary>Copies the values of an array, null or not.</summary>
    /// <param name="array">A primitive array; of times where T is long: any unit becomes milliseconds.</param>
    /// <param name="to">Takes them, [array].</param>
    /// <exception cref="InvalidDataException">The array holds values of another type.</exception>
    public static void Copy<T>(IArrowArray array, Span<T> to)
        where T : unmanaged, IEquatable<T>
    {
        switch (array)
        {
            case PrimitiveArray<T> plain and not (TimestampArray or Date64Array):
                plain.Values.CopyTo(to);
                break;
            case BooleanArray bits when typeof(T) == typeof(bool):
                int offset = bits.Offset;
                var bytes = bits.ValueBuffer.Span;
                var flags = MemoryMarshal.Cast<T, bool>(to);
                for (int i = 0; i < flags.Length; i++) flags[i] = (bytes[(offset + i) >> 3] & (1 << ((offset + i) & 7))) != 0;
                break;
            case TimestampArray { Data.DataType: TimestampType type } times when typeof(T) == typeof(long):
                TimeUnits.ToMilliseconds(times.Values, type.Unit, MemoryMarshal.Cast<T, long>(to));
                break;
            case Date32Array days when typeof(T) == typeof(long):
                var stored = days.Values;
                var milliseconds = MemoryMarshal.Cast<T, long>(to);
                for (int i = 0; i < milliseconds.Length; i++) milliseconds[i] = stored[i] * TimeUnits.MillisecondsADay;
                break;
            case Date64Array dates when typeof(T) == typeof(long):
                dates.Values.CopyTo(MemoryMarshal.Cast<T, long>(to));
                break;
            default:
                throw new InvalidDataException($"holds {array.Data.DataType.Name} where {typeof(T).Name} was expected");
        }
    }
}
