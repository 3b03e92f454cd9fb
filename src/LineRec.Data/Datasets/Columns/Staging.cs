using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LineRec.Data;

/// <summary>Room for the values of one column of a window in the order in which they are stored. A window's columns use it one after the other, so that it stays in the processor's cache.</summary>
internal sealed class Staging
{
    private byte[] _bytes = [];

    /// <summary>The bytes that it holds on to.</summary>
    public long Bytes => _bytes.Length;

    /// <summary>The first values of the column in hand.</summary>
    /// <param name="count">How many there are or shall be.</param>
    /// <param name="used">How many of them have been written.</param>
    /// <returns>Room for them, [count].</returns>
    /// <exception cref="WindowTooLargeException">No array is that long.</exception>
    public Span<T> Values<T>(long count, int used)
        where T : unmanaged
    {
        long need = count * Unsafe.SizeOf<T>();
        if (need > Array.MaxLength) throw new WindowTooLargeException("Values of a column");
        Room.Grow(ref _bytes, used * Unsafe.SizeOf<T>(), (int)need);
        return MemoryMarshal.Cast<byte, T>(_bytes.AsSpan())[..(int)count];
    }
}
