namespace LineRec.Retrieval;

/// <summary>
/// The query of a request's seeds: the weighted mean of their vectors, each of length 1 first, so that a popular item with a long vector
/// doesn't decide alone (for the Euclidean distance the vectors as they are). A seed whose vector is zero or not finite doesn't count.
/// </summary>
/// <remarks>Thread-safe. O(seeds × dimension), no allocation.</remarks>
internal sealed class SeedEncoder(NpyMatrix<float> items, SeedWeights seeds, VectorMetric metric) : IUserEncoder
{
    public int Dimension => items.Columns;

    public bool TryEncode(RequestContext context, Span<float> vector)
    {
        Span<int> rows = stackalloc int[seeds.Capacity];
        Span<float> weights = stackalloc float[seeds.Capacity];
        int count = seeds.Select(context, rows, weights, out _);
        vector.Clear();
        float all = 0f;
        for (int i = 0; i < count; i++)
        {
            var item = items[rows[i]];
            double squares = 0;
            foreach (float value in item) squares += (double)value * value;
            if (!double.IsFinite(squares) || squares == 0 || weights[i] == 0f) continue;
            double factor = metric == VectorMetric.L2 ? weights[i] : weights[i] / Math.Sqrt(squares);
            for (int d = 0; d < vector.Length; d++) vector[d] += (float)(factor * item[d]);
            all += weights[i];
        }

        if (all == 0f) return false;
        foreach (ref float value in vector) value /= all;
        return true;
    }
}
