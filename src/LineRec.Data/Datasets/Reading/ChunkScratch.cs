using System.Runtime.InteropServices;
using ParquetSharp;

namespace LineRec.Data;

/// <summary>Room for the levels of some entries and for values in the form in which they are stored: little enough to stay in the processor's nearest caches.</summary>
internal sealed class ChunkScratch
{
    /// <summary>How many entries are read at a time: whole vectors of levels.</summary>
    public const int Entries = 4096;

    private readonly ByteArray[] _raw = new ByteArray[Entries]; // the widest of what is stored

    public short[] Definitions { get; } = new short[Entries];

    public short[] Repetitions { get; } = new short[Entries];

    /// <summary>Room for as many values.</summary>
    public Span<T> Raw<T>()
        where T : unmanaged => MemoryMarshal.Cast<ByteArray, T>(_raw.AsSpan())[..Entries];
}
