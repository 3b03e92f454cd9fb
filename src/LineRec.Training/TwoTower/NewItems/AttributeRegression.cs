using System.Numerics.Tensors;

namespace LineRec.Training;

/// <summary>
/// Predicts items' rows from attributes by ridge regression on the items whose rows are known; a fifth, drawn, is held out to choose the penalty. Linear
/// attribute-to-latent mapping as in Z. Gantner et al., "Learning attribute-to-feature mappings for cold-start recommendations", ICDM 2010.
/// </summary>
/// <remarks>Not thread-safe. O(items × attributes²), and attributes³ a penalty; memory items × attributes.</remarks>
internal sealed class AttributeRegression
{
    /// <summary>The fewest items that it fits.</summary>
    public const int FewestItems = 10;

    private const int HeldOutOf = 5, Seed = 1; // drawn, since catalogs have an order: every fifth item may be all of one kind
    private static readonly float[] Penalties = [10, 100, 1_000, 10_000, 100_000]; // in items of weight 1
    private readonly int _width, _dimension;
    private readonly float[] _attributes; // standardised, and a 1 for the intercept: [items, width]
    private float[] _solution = []; // [width, dimension]

    public AttributeRegression(NpyMatrix<float> attributes, int dimension)
    {
        (_width, _dimension) = (attributes.Columns + 1, dimension);
        var scale = FeatureScale.Fit(attributes.Slice(0, attributes.Rows), attributes.Columns, "attributes");
        _attributes = new float[checked(attributes.Rows * _width)];
        for (int item = 0; item < attributes.Rows; item++)
        {
            var row = Row(item);
            for (int c = 0; c < attributes.Columns; c++)
            {
                float value = (attributes[item][c] - scale.Means[c]) / scale.Deviations[c];
                row[c] = float.IsNaN(value) ? 0 : value;
            }

            row[^1] = 1;
        }
    }

    /// <summary>
    /// Fits. The answer is R² on the held-out rows with the best penalty: 1 for exact, 0 for no better than the mean of the others.
    /// </summary>
    /// <param name="items">The items whose rows are known, <see cref="FewestItems"/> or more.</param>
    /// <param name="vectors">The rows of all items [items, dimension].</param>
    /// <param name="weights">What each item counts, by catalog row; over 0 for those that are known.</param>
    public double Fit(int[] items, ReadOnlySpan<float> vectors, float[] weights)
    {
        int[] drawn = [.. items];
        new Random(Seed).Shuffle(drawn);
        int[] held = drawn[..(drawn.Length / HeldOutOf)], kept = drawn[held.Length..];
        var (best, explained) = (Penalties[^1], double.NegativeInfinity);
        var (gram, moments) = Sums(kept, vectors, weights);
        float[] mean = Mean(kept, vectors, weights);
        foreach (float penalty in Penalties)
        {
            _solution = Solve(gram, moments, penalty);
            double share = Explained(held, vectors, weights, mean);
            if (share > explained) (best, explained) = (penalty, share);
        }

        (gram, moments) = Sums(items, vectors, weights);
        _solution = Solve(gram, moments, best);
        return explained;
    }

    /// <summary>An item's predicted row, after <see cref="Fit"/>.</summary>
    public void Predict(int item, Span<float> vector)
    {
        vector.Clear();
        var row = Row(item);
        for (int c = 0; c < _width; c++) TensorPrimitives.MultiplyAdd(_solution.AsSpan(c * _dimension, _dimension), row[c], vector, vector);
    }

    private Span<float> Row(int item) => _attributes.AsSpan(item * _width, _width);

    private double Explained(int[] items, ReadOnlySpan<float> vectors, float[] weights, float[] mean)
    {
        double error = 0, whole = 0;
        var predicted = new float[_dimension];
        foreach (int item in items)
        {
            Predict(item, predicted);
            var vector = vectors.Slice(item * _dimension, _dimension);
            float distance = TensorPrimitives.Distance(vector, predicted), fromMean = TensorPrimitives.Distance(vector, mean);
            error += weights[item] * distance * distance;
            whole += weights[item] * fromMean * fromMean;
        }

        return 1 - (error / whole);
    }

    private float[] Mean(int[] items, ReadOnlySpan<float> vectors, float[] weights)
    {
        var mean = new float[_dimension];
        foreach (int item in items) TensorPrimitives.MultiplyAdd(vectors.Slice(item * _dimension, _dimension), weights[item], mean, mean);
        TensorPrimitives.Divide(mean, items.Sum(item => weights[item]), mean);
        return mean;
    }

    private (float[] Gram, float[] Moments) Sums(int[] items, ReadOnlySpan<float> vectors, float[] weights)
    {
        float[] gram = new float[_width * _width], moments = new float[_width * _dimension];
        foreach (int item in items)
        {
            var row = Row(item);
            var vector = vectors.Slice(item * _dimension, _dimension);
            for (int c = 0; c < _width; c++)
            {
                float value = weights[item] * row[c];
                if (value == 0) continue;
                var to = gram.AsSpan(c * _width, c + 1);
                TensorPrimitives.MultiplyAdd(row[..(c + 1)], value, to, to);
                var moment = moments.AsSpan(c * _dimension, _dimension);
                TensorPrimitives.MultiplyAdd(vector, value, moment, moment);
            }
        }

        return (gram, moments);
    }

    private float[] Solve(float[] gram, float[] moments, float penalty)
    {
        float[] regular = [.. gram];
        for (int c = 0; c < _width - 1; c++) regular[(c * _width) + c] += penalty; // not the intercept
        float[] inverse = CholeskyInverse.Of(regular, _width), solution = new float[moments.Length];
        for (int c = 0; c < _width; c++)
        {
            var to = solution.AsSpan(c * _dimension, _dimension);
            for (int k = 0; k < _width; k++) TensorPrimitives.MultiplyAdd(moments.AsSpan(k * _dimension, _dimension), inverse[(c * _width) + k], to, to);
        }

        return solution;
    }
}
