using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LineRec.Data;

/// <summary>Puts values into another order by fetching each from where it lies.</summary>
internal static class Fetch
{
    private const int Block = 64; // bytes, as a Vector512 has
    private const int Short = 4 * Block;
    private const int Ahead = 16; // lists

    /// <summary>Fetches a value a row.</summary>
    /// <param name="from">The values.</param>
    /// <param name="sources">Where each row's value lies, [rows].</param>
    /// <param name="to">Takes them, [rows].</param>
    public static void Rows<T>(ReadOnlySpan<T> from, ReadOnlySpan<int> sources, Span<T> to)
    {
        to = to[..sources.Length];
        for (int row = 0; row < sources.Length; row++) to[row] = from[sources[row]];
    }

    /// <summary>Fetches a list a row. Most lists are short: copied in blocks, the last of which reaches beyond the list and is overwritten by the next, they cost no call and hardly a wrong guess.</summary>
    /// <param name="from">The elements.</param>
    /// <param name="starts">Where each row's elements begin in them, [rows].</param>
    /// <param name="offsets">Where they begin in the result, and where the last end, [rows + 1].</param>
    /// <param name="to">Takes the elements, row after row.</param>
    public static void Lists<T>(ReadOnlySpan<T> from, ReadOnlySpan<int> starts, ReadOnlySpan<int> offsets, Span<T> to)
        where T : unmanaged
    {
        int size = Unsafe.SizeOf<T>();
        var source = MemoryMarshal.AsBytes(from);
        var target = MemoryMarshal.AsBytes(to);
        for (int row = 0; row < starts.Length; row++)
        {
            if (row + Ahead < starts.Length) Prefetch(from, starts[row + Ahead]);
            int start = starts[row] * size, at = offsets[row] * size, length = (offsets[row + 1] * size) - at;
            if (length > Short || start + length > source.Length - Block || at + length > target.Length - Block)
            {
                source.Slice(start, length).CopyTo(target[at..]);
                continue;
            }

            for (int done = 0; done < length; done += Block) Vector512.Create(source[(start + done)..]).CopyTo(target[(at + done)..]);
        }
    }

    // A list may lie anywhere: without this most of the time is spent waiting for memory. A prefetch never faults, wherever it points.
    private static unsafe void Prefetch<T>(ReadOnlySpan<T> from, int index)
    {
        if (Sse.IsSupported) Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref MemoryMarshal.GetReference(from), index)));
    }
}
