using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LineRec.Retrieval;

/// <summary>Inner products of single rows of a matrix.</summary>
internal static unsafe partial class DotProduct
{
    /// <summary>The inner product of a matrix row and a padded query; reads nothing outside the matrix.</summary>
    public static float ScoreRow(NpyMatrix<float> matrix, int row, float* query)
    {
        int dimension = matrix.Columns;
        fixed (float* values = matrix[row])
        {
            if (IsSafe(matrix, row)) return OneRow(values, query, dimension);
            using var copy = new PaddedQuery(matrix[row]);
            fixed (float* padded = copy.Values) return OneRow(padded, query, dimension);
        }
    }

    /// <summary>The inner products of rows that follow each other in memory with room behind them for whole vectors.</summary>
    public static void ScoreAll(float* rows, int count, float* query, int dimension, Span<float> scores)
    {
        int row = 0;
        for (; row <= count - 4; row += 4) FourRows(rows + ((long)row * dimension), query, dimension).StoreUnsafe(ref scores[row]);
        for (; row < count; row++) scores[row] = OneRow(rows + ((long)row * dimension), query, dimension);
    }

    /// <summary>Asks for a vector's memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch(float* vector, int dimension)
    {
        if (!Sse.IsSupported) return;
        for (int i = 0; i < dimension; i += Lanes) Sse.Prefetch0(vector + i);
    }

    /// <summary>How many rows, from the first on, the kernels may read without touching what lies after the matrix.</summary>
    public static int SafeRows(NpyMatrix<float> matrix)
    {
        int overread = PaddedLength(matrix.Columns) - matrix.Columns;
        return Math.Max(0, matrix.Rows - ((overread + matrix.Columns - 1) / matrix.Columns));
    }

    /// <summary>Scores rows of a matrix for a query of its width. No allocation.</summary>
    public static void Score(NpyMatrix<float> matrix, ReadOnlySpan<float> query, ReadOnlySpan<int> rows, Span<float> scores)
    {
        using var padded = new PaddedQuery(query);
        fixed (float* values = padded.Values)
        {
            for (int i = 0; i < rows.Length; i++) scores[i] = ScoreRow(matrix, rows[i], values);
        }
    }

    private static bool IsSafe(NpyMatrix<float> matrix, int row) => row < SafeRows(matrix);
}
