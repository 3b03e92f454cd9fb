using Apache.Arrow;
using ParquetSharp.Arrow;

namespace LineRec.Bench.Datasets;

/// <summary>How many bytes a log's events take when all their columns are decoded.</summary>
internal static class DecodedSize
{
    public static (long Rows, long Bytes) Of(IEnumerable<string> files)
    {
        long rows = 0, bytes = 0;
        foreach (string file in files)
        {
            using var reader = new FileReader(file);
            using var stream = reader.GetRecordBatchReader();
            while (stream.ReadNextRecordBatchAsync().AsTask().GetAwaiter().GetResult() is { } batch)
            {
                rows += batch.Length;
                bytes += batch.Arrays.Sum(a => Bytes(a.Data));
                batch.Dispose();
            }
        }

        return (rows, bytes);
    }

    private static long Bytes(ArrayData data) => data.Buffers.Sum(b => (long)b.Length) + (data.Children?.Sum(Bytes) ?? 0);
}
