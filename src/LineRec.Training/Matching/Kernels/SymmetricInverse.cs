namespace LineRec.Training;

/// <summary>
/// Inverts a symmetric positive definite matrix in place, tile by tile: the sweep operator (Goodnight 1979), whose pivots are tiles that are
/// inverted by Cholesky's method in double precision; the rest is single-precision matrix products.
/// </summary>
/// <remarks>size³ floating-point operations. Memory: two columns of tiles beside the matrix. Pivots need no exchange, as what remains stays positive definite.</remarks>
internal static class SymmetricInverse
{
    private const int Side = SymmetricTiles.Side;

    /// <summary>Inverts.</summary>
    /// <param name="matrix">Overwritten by its inverse.</param>
    /// <param name="workers">The threads; the bits don't depend on their number.</param>
    /// <param name="progress">Is told the share that is done, from 0 to 1.</param>
    /// <exception cref="ArgumentException">The matrix isn't positive definite.</exception>
    public static void Invert(SymmetricTiles matrix, Workers workers, IProgress<double>? progress = null)
    {
        int count = matrix.TileCount;
        float[][] column = [.. Enumerable.Range(0, count).Select(_ => new float[Side * Side])], swept = [.. column.Select(c => new float[c.Length])];
        var packed = new PackedMatrix[count];
        for (int pivot = 0; pivot < count; pivot++)
        {
            float[] inverse = CholeskyInverse.Of(matrix.Tile(pivot, pivot), Side);
            var packedInverse = PackedMatrix.OfRows(inverse, Side, Side);
            int k = pivot;
            workers.For(count, i =>
            {
                if (i == k) return;
                CopyColumnTile(matrix, i, k, column[i]);
                MatrixProduct.Multiply(column[i], Side, 1, Side, packedInverse, swept[i], Side);
                packed[i] = PackedMatrix.OfColumns(column[i], Side, Side);
                SetColumnTile(matrix, i, k, swept[i]);
                System.Numerics.Tensors.TensorPrimitives.Negate(swept[i], swept[i]);
            });
            workers.For(count, part =>
            {
                int i = count - 1 - part; // long rows first
                for (int j = 0; j <= i && i != k; j++)
                    if (j != k) MatrixProduct.Multiply(swept[i], Side, 1, Side, packed[j], matrix.Tile(i, j), Side, add: true);
            });
            System.Numerics.Tensors.TensorPrimitives.Negate(inverse, matrix.Tile(k, k));
            progress?.Report((k + 1.0) / count);
        }

        workers.For(count, i =>
        {
            for (int j = 0; j <= i; j++) System.Numerics.Tensors.TensorPrimitives.Negate(matrix.Tile(i, j), matrix.Tile(i, j));
        });
    }

    private static void CopyColumnTile(SymmetricTiles matrix, int i, int k, float[] to)
    {
        if (i > k) matrix.Tile(i, k).CopyTo(to, 0);
        else Transpose(matrix.Tile(k, i), to);
    }

    private static void SetColumnTile(SymmetricTiles matrix, int i, int k, float[] from)
    {
        if (i > k) from.CopyTo(matrix.Tile(i, k), 0);
        else Transpose(from, matrix.Tile(k, i));
    }

    private static void Transpose(float[] from, float[] to)
    {
        for (int row = 0; row < Side; row++)
            for (int column = 0; column < Side; column++) to[(column * Side) + row] = from[(row * Side) + column];
    }
}
