using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ParquetSharp;

namespace LineRec.Data;

/// <summary>Reads the values of a column chunk as a column's type, straight to where they are kept where they are stored in that form.</summary>
internal static class StoredValues
{
    private const long UnixEpochAsJulianDay = 2_440_588;

    /// <summary>Reads the next values.</summary>
    /// <param name="chunk">The column.</param>
    /// <param name="to">Takes those that are not null, dense.</param>
    /// <returns>How many these are.</returns>
    public delegate int Reader<T>(ColumnChunk chunk, Span<T> to);

    public static int Flags(ColumnChunk chunk, Span<bool> to) => chunk.Read(to);

    public static int Numbers<T>(ColumnChunk chunk, Span<T> to)
        where T : unmanaged, INumber<T> => chunk.Leaf.Stored switch
        {
            PhysicalType.Int32 => Convert<int, T>(chunk, to),
            PhysicalType.Int64 => Convert<long, T>(chunk, to),
            _ => chunk.Read(to),
        };

    /// <summary>Times in milliseconds since 1970-01-01 UTC.</summary>
    public static int Times(ColumnChunk chunk, Span<long> to)
    {
        int count;
        switch (chunk.Leaf.Stored)
        {
            case PhysicalType.Int32:
                count = Convert<int, long>(chunk, to);
                TensorPrimitives.Multiply(to[..count], TimeUnits.MillisecondsADay, to);
                return count;
            case PhysicalType.Int96:
                var stored = chunk.Raw<Int96>();
                count = chunk.Read(stored);
                for (int i = 0; i < count; i++) to[i] = Milliseconds(stored[i]);
                return count;
            default:
                count = chunk.Read(to);
                if (chunk.Leaf.Unit is { } unit) TimeUnits.ToMilliseconds(to[..count], unit, to);
                return count;
        }
    }

    private static int Convert<TStored, T>(ColumnChunk chunk, Span<T> to)
        where TStored : unmanaged, INumber<TStored>
        where T : unmanaged, INumber<T>
    {
        if (Unsafe.SizeOf<TStored>() == Unsafe.SizeOf<T>()) return chunk.Read(MemoryMarshal.Cast<T, TStored>(to));
        var stored = chunk.Raw<TStored>();
        int count = chunk.Read(stored);
        TensorPrimitives.ConvertTruncating(stored[..count], to);
        return count;
    }

    // As Spark's older versions store times: nanoseconds of the day in the first two words, the Julian day in the third.
    private static long Milliseconds(Int96 time) =>
        ((time.C - UnixEpochAsJulianDay) * TimeUnits.MillisecondsADay) + TimeUnits.FloorDivide((long)(((ulong)(uint)time.B << 32) | (uint)time.A), 1_000_000);
}
