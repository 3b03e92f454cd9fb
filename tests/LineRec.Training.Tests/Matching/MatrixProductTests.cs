namespace LineRec.Training.Tests;

public sealed class MatrixProductTests
{
    [Fact]
    public void Agrees_with_a_plain_sum_for_any_shape()
    {
        var random = new Random(5);
        for (int round = 0; round < 60; round++)
        {
            int rows = random.Next(1, 30), depth = random.Next(1, 40), width = random.Next(1, 80);
            float[] a = Gaussian.Draw(random, rows * depth, 1), b = Gaussian.Draw(random, depth * width, 1), c = Gaussian.Draw(random, rows * width, 1);
            float[] expected = Plain(a, b, c, rows, depth, width);
            float[] sum = [.. c], transposed = [.. c];
            MatrixProduct.Multiply(a, depth, 1, rows, PackedMatrix.OfRows(b, depth, width), sum, width, add: true);
            MatrixProduct.Multiply(Transpose(a, rows, depth), 1, rows, rows, PackedMatrix.OfColumns(Transpose(b, depth, width), depth, width), transposed, width, add: true);
            Assert.Equal(expected, sum); // bit for bit: one chain of fused multiply-adds an element
            Assert.Equal(expected, transposed);
        }
    }

    private static float[] Plain(float[] a, float[] b, float[] c, int rows, int depth, int width)
    {
        var result = new float[rows * width];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < width; j++)
            {
                float sum = c[(i * width) + j];
                for (int k = 0; k < depth; k++) sum = MathF.FusedMultiplyAdd(a[(i * depth) + k], b[(k * width) + j], sum);
                result[(i * width) + j] = sum;
            }
        }

        return result;
    }

    private static float[] Transpose(float[] values, int rows, int columns)
    {
        var result = new float[values.Length];
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++) result[(j * rows) + i] = values[(i * columns) + j];
        return result;
    }
}
