using System.Runtime.InteropServices;

namespace LineRec.Retrieval;

/// <summary>Vectors set since the immutable part was built, in the order in which they came; each is scored in full.</summary>
/// <remarks>One writer at a time, any number of readers: an entry is complete before the count tells of it.</remarks>
internal sealed unsafe class IvfTail(int dimension)
{
    private const int ChunkEntries = 512;

    private readonly int _padded = DotProduct.PaddedLength(dimension);
    private Chunk[] _chunks = [];
    private int _count;

    private sealed class Chunk(int padded)
    {
        public readonly float[] Values = GC.AllocateArray<float>(ChunkEntries * padded, pinned: true);
        public readonly int[] Rows = new int[ChunkEntries];
        public readonly int[] AddedAt = new int[ChunkEntries];
        public readonly int[] RemovedAt = new int[ChunkEntries];
        public readonly float[] InverseLengths = new float[ChunkEntries];
    }

    /// <summary>How many entries there are, removed ones too.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Appends a vector. The writer's lock is held.</summary>
    /// <returns>Its entry.</returns>
    public int Add(int row, ReadOnlySpan<float> vector, int version)
    {
        int entry = _count, place = entry % ChunkEntries;
        if (place == 0) Volatile.Write(ref _chunks, [.. _chunks, new Chunk(_padded)]);
        var chunk = _chunks[^1];
        vector.CopyTo(chunk.Values.AsSpan(place * _padded, dimension));
        fixed (float* values = &chunk.Values[place * _padded]) chunk.InverseLengths[place] = VectorScorer.InverseLength(values, dimension);
        (chunk.Rows[place], chunk.AddedAt[place]) = (row, version);
        Volatile.Write(ref _count, entry + 1);
        return entry;
    }

    /// <summary>Removes an entry as of a version. The writer's lock is held.</summary>
    public void Remove(int entry, int version) => Volatile.Write(ref _chunks[entry / ChunkEntries].RemovedAt[entry % ChunkEntries], version);

    /// <summary>An entry's row.</summary>
    public int RowOf(int entry) => _chunks[entry / ChunkEntries].Rows[entry % ChunkEntries];

    /// <summary>Whether a version sees an entry.</summary>
    public bool IsSeen(int entry, int version)
    {
        var chunk = Volatile.Read(ref _chunks)[entry / ChunkEntries];
        int removed = Volatile.Read(ref chunk.RemovedAt[entry % ChunkEntries]);
        return chunk.AddedAt[entry % ChunkEntries] <= version && (removed == 0 || removed > version);
    }

    /// <summary>An entry's vector.</summary>
    public ReadOnlySpan<float> this[int entry] => _chunks[entry / ChunkEntries].Values.AsSpan(entry % ChunkEntries * _padded, dimension);

    /// <summary>Scores the entries that a version sees. O(entries × dimension).</summary>
    public void Offer(VectorMetric metric, float* query, float factor, int version, RowSet? eligible, ref TopRows best)
    {
        int count = Count;
        var chunks = Volatile.Read(ref _chunks);
        for (int entry = 0; entry < count; entry++)
        {
            var chunk = chunks[entry / ChunkEntries];
            int place = entry % ChunkEntries, row = chunk.Rows[place], removed = Volatile.Read(ref chunk.RemovedAt[place]);
            if (chunk.AddedAt[place] > version || (removed != 0 && removed <= version) || (eligible is not null && !eligible.Contains(row))) continue;
            float* values = (float*)Marshal.UnsafeAddrOfPinnedArrayElement(chunk.Values, place * _padded);
            best.OfferAny(VectorScorer.Score(metric, values, query, dimension, chunk.InverseLengths[place], factor), row);
        }
    }
}
