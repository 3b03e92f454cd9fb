namespace LineRec.Retrieval.Tests.Vectors.Ivf;

/// <summary>What an index that changes must hold, and what it must answer: a dictionary searched by brute force.</summary>
internal sealed class IvfModel(VectorMetric metric, int dimension)
{
    public Dictionary<int, float[]> Held { get; } = [];

    public static IvfModel Of(NpyMatrix<float> vectors, VectorMetric metric)
    {
        var model = new IvfModel(metric, vectors.Columns);
        for (int row = 0; row < vectors.Rows; row++) model.Held[row] = vectors[row].ToArray();
        return model;
    }

    /// <summary>The order's keys of the best, computed by <see cref="FlatIndex"/>: score bits and rows.</summary>
    public ulong[] Answer(float[] query, int k, RowSet? eligible = null)
    {
        int rows = Held.Keys.DefaultIfEmpty(-1).Max() + 1;
        using var vectors = new NpyMatrix<float>(Matrix(rows), dimension);
        return Answer(new FlatIndex(vectors, metric), query, k, new RowSet(rows, Held.Keys.Where(row => eligible?.Contains(row) ?? true)));
    }

    public static ulong[] Answer(IVectorIndex index, float[] query, int k, RowSet? eligible = null)
    {
        var (rows, scores) = (new int[k], new float[k]);
        int found = index.Search(query, rows, scores, eligible);
        return [.. rows.Zip(scores, (row, score) => CandidateOrder.Key(score, row)).Take(found)];
    }

    private float[] Matrix(int rows)
    {
        float[] values = new float[rows * dimension];
        foreach (var (row, vector) in Held) vector.CopyTo(values, row * dimension);
        return values;
    }
}
