using System.Numerics.Tensors;

namespace LineRec.Training;

/// <summary>The inverse of a small symmetric positive definite matrix by its Cholesky factor L: L⁻ᵀ L⁻¹, in double precision.</summary>
internal static class CholeskyInverse
{
    /// <summary>Inverts. About size³ multiplications.</summary>
    /// <param name="matrix">[size, size]; the lower triangle is read.</param>
    /// <param name="size">Rows and columns.</param>
    /// <exception cref="ArgumentException">The matrix isn't positive definite.</exception>
    public static float[] Of(ReadOnlySpan<float> matrix, int size)
    {
        double[] factor = Factor(matrix, size), columns = InverseColumns(factor, size);
        var result = new float[size * size];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j <= i; j++)
                result[(i * size) + j] = result[(j * size) + i] = (float)TensorPrimitives.Dot<double>(columns.AsSpan((i * size) + i, size - i), columns.AsSpan((j * size) + i, size - i));
        }

        return result;
    }

    private static double[] Factor(ReadOnlySpan<float> matrix, int size)
    {
        var factor = new double[size * size];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double rest = matrix[(i * size) + j] - TensorPrimitives.Dot<double>(factor.AsSpan(i * size, j), factor.AsSpan(j * size, j));
                if (i == j && !(rest > 0)) throw new ArgumentException($"The matrix is not positive definite at row {i}; a larger regularisation makes it so.", nameof(matrix));
                factor[(i * size) + j] = i == j ? Math.Sqrt(rest) : rest / factor[(j * size) + j];
            }
        }

        return factor;
    }

    // Column j of L⁻¹ as row j, so that the products run along memory.
    private static double[] InverseColumns(double[] factor, int size)
    {
        var columns = new double[size * size];
        for (int j = 0; j < size; j++)
        {
            columns[(j * size) + j] = 1 / factor[(j * size) + j];
            for (int i = j + 1; i < size; i++)
                columns[(j * size) + i] = -TensorPrimitives.Dot<double>(factor.AsSpan((i * size) + j, i - j), columns.AsSpan((j * size) + j, i - j)) / factor[(i * size) + i];
        }

        return columns;
    }
}
