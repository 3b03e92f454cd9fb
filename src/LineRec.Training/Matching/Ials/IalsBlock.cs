using System.Numerics.Tensors;

namespace LineRec.Training;

/// <summary>Conjugate gradients for a block of rows, each with a matrix of its own: what all share is multiplied at once, what is the row's own one by one.</summary>
internal sealed class IalsBlock(IalsOptions options, PackedMatrix gram, float[] others, int otherCount, IalsRows interactions, int from, int size)
{
    private readonly int _width = options.Dimension;
    private readonly float[] _residuals = new float[size * options.Dimension];
    private readonly float[] _directions = new float[size * options.Dimension];
    private readonly float[] _images = new float[size * options.Dimension];

    public void Solve(Span<float> rows)
    {
        Multiply(rows);
        for (int row = 0; row < size; row++)
        {
            var residual = Part(_residuals, row);
            TensorPrimitives.Negate(Part(_images, row), residual);
            foreach (int other in interactions(from + row)) TensorPrimitives.Add(residual, Other(other), residual);
        }

        _residuals.CopyTo(_directions, 0);
        for (int step = 0; step < options.ConjugateSteps; step++)
        {
            Multiply(_directions);
            for (int row = 0; row < size; row++) Step(rows.Slice(row * _width, _width), row);
        }
    }

    private Span<float> Part(float[] values, int row) => values.AsSpan(row * _width, _width);

    private ReadOnlySpan<float> Other(int other) => others.AsSpan(other * _width, _width);

    // The images of vectors under each row's matrix.
    private void Multiply(ReadOnlySpan<float> vectors)
    {
        MatrixProduct.Multiply(vectors, _width, 1, size, gram, _images, _width);
        for (int row = 0; row < size; row++)
        {
            ReadOnlySpan<float> vector = vectors.Slice(row * _width, _width);
            var image = Part(_images, row);
            var own = interactions(from + row);
            double frequency = own.Length + (options.UnobservedWeight * otherCount);
            TensorPrimitives.MultiplyAdd(vector, (float)(options.Regularisation * Math.Pow(frequency, options.FrequencyPower)), image, image);
            foreach (int other in own) TensorPrimitives.MultiplyAdd(Other(other), TensorPrimitives.Dot(Other(other), vector), image, image);
        }
    }

    private void Step(Span<float> solution, int row)
    {
        Span<float> residual = Part(_residuals, row), direction = Part(_directions, row), image = Part(_images, row);
        float before = TensorPrimitives.SumOfSquares<float>(residual), curvature = TensorPrimitives.Dot<float>(direction, image);
        if (before < 1e-20f || !(curvature > 0)) return;
        float length = before / curvature;
        TensorPrimitives.MultiplyAdd(direction, length, solution, solution);
        TensorPrimitives.MultiplyAdd(image, -length, residual, residual);
        TensorPrimitives.MultiplyAdd(direction, TensorPrimitives.SumOfSquares<float>(residual) / before, residual, direction);
    }
}
