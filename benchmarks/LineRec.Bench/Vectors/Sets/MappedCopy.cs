namespace LineRec.Bench.Vectors;

/// <summary>
/// A matrix as a mapped .npy file, as a bundle's item vectors are: rows start where the file's alignment puts them. The file is unlinked as soon as it is mapped
/// and vanishes with the process.
/// </summary>
internal static class MappedCopy
{
    public static NpyMatrix<float> Create(int rows, int columns, IEnumerable<float[]> chunks)
    {
        if (rows == 0) return new NpyMatrix<float>([], columns);
        string path = Path.Combine(Path.GetTempPath(), $"linerec-bench-{Guid.NewGuid():N}.npy");
        try
        {
            using (var writer = new NpyWriter<float>(path, rows, columns))
            {
                foreach (var chunk in chunks) writer.Write(chunk);
                writer.Complete();
            }

            return NpyMatrix<float>.Open(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>The rows divided by their lengths; rows of length 0 stay.</summary>
    public static NpyMatrix<float> Normalized(NpyMatrix<float> matrix)
    {
        IEnumerable<float[]> Rows()
        {
            for (int row = 0; row < matrix.Rows; row++)
            {
                float[] values = matrix[row].ToArray();
                double sum = 0;
                foreach (float value in values) sum += (double)value * value;
                float factor = sum == 0 ? 1 : (float)(1 / Math.Sqrt(sum));
                for (int i = 0; i < values.Length; i++) values[i] *= factor;
                yield return values;
            }
        }

        return Create(matrix.Rows, matrix.Columns, Rows());
    }
}
