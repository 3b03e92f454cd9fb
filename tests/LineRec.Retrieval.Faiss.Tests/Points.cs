namespace LineRec.Retrieval.Faiss.Tests;

/// <summary>Seeded vectors, and the true answer over them.</summary>
internal static class Points
{
    /// <summary>The kinds of indexes that differ in how FAISS filters, decodes and ranks.</summary>
    public static readonly string[] Factories = ["Flat", "SQ8", "HNSW16", "IVF20,Flat", "IVF20,SQ8", "IVF20,PQ8x4fs", "IVF20,PQ8x4fs,RFlat", "PCAR8,IVF20,SQ8", "PQ4x4", "IDMap,Flat", "HNSW16,SQ8", "PCA8,HNSW8", "LSH"];

    public static float[] Random(int count, int dimension, int seed)
    {
        var random = new Random(seed);
        var values = new float[count * dimension];
        for (int i = 0; i < values.Length; i++) values[i] = random.NextSingle() - 0.5f;
        return values;
    }

    public static double Score(ReadOnlySpan<float> query, ReadOnlySpan<float> vector, VectorMetric metric)
    {
        double dot = 0, queries = 0, vectors = 0, distance = 0;
        for (int d = 0; d < query.Length; d++)
        {
            dot += (double)query[d] * vector[d];
            queries += (double)query[d] * query[d];
            vectors += (double)vector[d] * vector[d];
            distance += ((double)query[d] - vector[d]) * ((double)query[d] - vector[d]);
        }

        return metric switch
        {
            VectorMetric.InnerProduct => dot,
            VectorMetric.Cosine => dot / Math.Sqrt(queries) / Math.Sqrt(vectors),
            _ => -distance,
        };
    }

    /// <summary>The best rows among some, by brute force in double precision.</summary>
    public static (int Row, double Score)[] Best(IEnumerable<(int Row, float[] Vector)> vectors, float[] query, int k, VectorMetric metric) =>
        [.. vectors.Select(v => (v.Row, Score: Score(query, v.Vector, metric))).OrderBy(v => double.IsNaN(v.Score)).ThenByDescending(v => v.Score).ThenBy(v => v.Row).Take(k)];

    public static IEnumerable<(int Row, float[] Vector)> Rows(float[] values, int dimension) => values.Chunk(dimension).Select((v, row) => (row, v));

    public static (int Row, float Score)[] Find(IVectorIndex index, float[] query, int k, RowSet? eligible = null)
    {
        var (rows, scores) = (new int[k], new float[k]);
        int found = index.Search(query, rows, scores, eligible);
        return [.. rows.Zip(scores).Take(found)];
    }
}
