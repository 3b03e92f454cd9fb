namespace LineRec.Bench.Vectors;

/// <summary>Makes a set's matrices, on all cores.</summary>
internal static class MadeSet
{
    private const int ChunkRows = 1 << 16;

    private delegate void Row(int row, Span<float> vector);

    /// <summary>Makes base and queries. The base is a mapped file without a name: nothing is left behind.</summary>
    public static (NpyMatrix<float> Base, NpyMatrix<float> Queries) Make(MadeSetOptions options)
    {
        Row item, query;
        if (options.Easy)
        {
            var set = new EasySet(options);
            (item, query) = (set.Item, set.Query);
        }
        else
        {
            var set = new HardSet(options);
            (item, query) = (set.Item, set.Query);
        }

        var vectors = MappedCopy.Create(options.Rows, options.Dimension, Chunks(options.Rows, options.Dimension, item));
        var queries = MappedCopy.Create(options.Queries, options.Dimension, Chunks(options.Queries, options.Dimension, query));
        return (vectors, queries);
    }

    private static IEnumerable<float[]> Chunks(int rows, int dimension, Row row)
    {
        for (int first = 0; first < rows; first += ChunkRows)
        {
            int start = first;
            var chunk = new float[Math.Min(ChunkRows, rows - first) * dimension];
            Parallel.For(0, chunk.Length / dimension, i => row(start + i, chunk.AsSpan(i * dimension, dimension)));
            yield return chunk;
        }
    }
}
