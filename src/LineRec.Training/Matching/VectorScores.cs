namespace LineRec.Training;

/// <summary>Item vectors [items, dimension] and their inner products with users' vectors.</summary>
/// <remarks>Keeps a second, packed copy of the vectors from the first use on.</remarks>
internal sealed class VectorScores(float[] vectors, int dimension)
{
    private readonly Lazy<PackedMatrix> _packed = new(() => PackedMatrix.OfColumns(vectors, dimension, vectors.Length / dimension));

    public ReadOnlyMemory<float> Vectors => vectors;

    public float[] Values => vectors;

    /// <summary>Scores all items for some vectors.</summary>
    /// <param name="users">[count, dimension].</param>
    /// <param name="count">How many users there are.</param>
    /// <param name="scores">[count, items], overwritten.</param>
    public void Score(ReadOnlySpan<float> users, int count, Span<float> scores) =>
        MatrixProduct.Multiply(users, dimension, 1, count, _packed.Value, scores, vectors.Length / dimension);

    /// <summary>Scores all items for some users of a model.</summary>
    public void Score(IVectorModel model, ReadOnlySpan<int> users, InteractionMatrix histories, Span<float> scores)
    {
        var rows = new float[users.Length * dimension];
        for (int i = 0; i < users.Length; i++) model.EncodeUser(users[i], histories.ItemsOf(users[i]), rows.AsSpan(i * dimension, dimension));
        Score(rows, users.Length, scores);
    }
}
