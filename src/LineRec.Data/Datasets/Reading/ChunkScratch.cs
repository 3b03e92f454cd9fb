using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ParquetSharp;

namespace LineRec.Data;

/// <summary>What reading a column chunk takes besides the column: room for the levels of some entries and for values in the form in which they are stored, little enough to stay in the processor's nearest caches; and for its texts.</summary>
internal sealed class ChunkScratch
{
    /// <summary>How many entries are read at a time: whole vectors of levels.</summary>
    public const int Entries = 4096;

    /// <summary>The bytes that it holds on to without texts.</summary>
    public static readonly long Bytes = ((Entries + 1L) * Unsafe.SizeOf<ByteArray>()) + (2L * Entries * sizeof(short));

    private readonly ByteArray[] _raw = new ByteArray[Entries + 1]; // the widest of what is stored

    public ChunkTexts Texts { get; } = new();

    public short[] Definitions { get; } = new short[Entries];

    public short[] Repetitions { get; } = new short[Entries];

    /// <summary>Room for as many values and one more.</summary>
    public Span<T> Raw<T>()
        where T : unmanaged => MemoryMarshal.Cast<ByteArray, T>(_raw.AsSpan())[..(Entries + 1)];
}
