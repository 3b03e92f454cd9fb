namespace LineRec.Bench.Vectors;

/// <summary>How many inverted lists are tried.</summary>
internal static class FaissLists
{
    private const int MostVectorsForMany = 4_000_000;

    /// <summary>Powers of two from about sqrt(n) to four times that; above some millions of vectors not the last, whose training alone takes most of an hour.</summary>
    public static IReadOnlyList<int> For(VectorSet set)
    {
        int rows = set.Base.Rows, first = 16;
        while ((long)first * first * 2 < rows) first *= 2; // the power of two nearest to sqrt(n) by ratio
        int[] lists = rows > MostVectorsForMany ? [first, 2 * first] : [first, 2 * first, 4 * first];
        return [.. lists.Where(n => (long)n * 10 <= rows || n == first)];
    }
}
