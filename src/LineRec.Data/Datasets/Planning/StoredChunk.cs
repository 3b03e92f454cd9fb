using System.Runtime.InteropServices;
using ParquetSharp;

using TimeUnit = Apache.Arrow.Types.TimeUnit;

namespace LineRec.Data;

/// <summary>A column of a row group as its footer describes it.</summary>
/// <param name="Values">How many values it stores; more than rows where there are lists.</param>
/// <param name="Bytes">Their size, uncompressed.</param>
/// <param name="Range">The least and the greatest value, where the writer said them: long (also for bool), double or UTF-8 bytes, as stored.</param>
internal sealed record StoredChunk(long Values, long Bytes, (object Least, object Greatest)? Range)
{
    public static StoredChunk Read(ColumnChunkMetaData chunk, Leaf leaf, string writer)
    {
        using var statistics = chunk.IsStatsSet ? chunk.Statistics : null;
        return new StoredChunk(chunk.NumValues, chunk.TotalUncompressedSize, statistics is { HasMinMax: true } && !ParquetWriters.MisstateRanges(writer, leaf.Unit is TimeUnit.Microsecond or TimeUnit.Nanosecond) ? ReadRange(statistics) : null);
    }

    private static (object Least, object Greatest)? ReadRange(Statistics statistics) => statistics switch
    {
        Statistics<long> s => (s.Min, s.Max),
        Statistics<int> s => ((long)s.Min, (long)s.Max),
        Statistics<bool> s => (s.Min ? 1L : 0L, s.Max ? 1L : 0L),
        Statistics<double> s => (s.Min, s.Max),
        Statistics<float> s => ((double)s.Min, (double)s.Max),
        Statistics<ByteArray> s => (Copy(s.Min), Copy(s.Max)),
        _ => null,
    };

    private static byte[] Copy(ByteArray text)
    {
        byte[] copy = new byte[text.Length];
        if (copy.Length > 0) Marshal.Copy(text.Pointer, copy, 0, copy.Length);
        return copy;
    }
}
