using System.Runtime.Intrinsics;

namespace LineRec.Retrieval.Tests.Vectors;

public unsafe class DotProductTests
{
    private const int Longest = 256;

    [Fact]
    public void Every_vector_width_gives_the_bits_of_the_reference_at_every_length()
    {
        var random = new Random(1);
        for (int dimension = 1; dimension <= Longest; dimension++)
        {
            var rows = new float[(4 * dimension) + DotProduct.Lanes];
            var query = new float[DotProduct.PaddedLength(dimension)];
            for (int i = 0; i < rows.Length; i++) rows[i] = (float)(random.NextDouble() - 0.5);
            for (int i = 0; i < dimension; i++) query[i] = (float)(random.NextDouble() - 0.5);
            AssertAllWidths(rows, query, dimension);
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    [InlineData(float.MaxValue)]
    public void A_strange_value_at_any_place_gives_the_bits_of_the_reference(float strange)
    {
        const int Dimension = 37;
        for (int place = 0; place < Dimension; place++)
        {
            var rows = new float[(4 * Dimension) + DotProduct.Lanes];
            var query = new float[DotProduct.PaddedLength(Dimension)];
            Array.Fill(rows, 0.5f);
            Array.Fill(query, 0.25f, 0, Dimension);
            rows[place] = strange;
            rows[(2 * Dimension) + place] = strange;
            AssertAllWidths(rows, query, Dimension);
        }
    }

    [Fact]
    public void What_lies_after_the_row_does_not_count()
    {
        float[] rows = [1f, .. Enumerable.Repeat(float.NaN, 20)];
        var query = new float[16];
        query[0] = 3f;
        fixed (float* r = rows)
        fixed (float* q = query)
        {
            Assert.Equal(3f, DotProduct.OneRow512(r, q, 1));
            Assert.Equal(3f, DotProduct.OneRow256(r, q, 1));
            Assert.Equal(3f, DotProduct.OneRow128(r, q, 1));
        }
    }

    private static void AssertAllWidths(float[] rows, float[] query, int dimension)
    {
        float[] expected = [.. Enumerable.Range(0, 4).Select(r => DotProduct.Reference(rows.AsSpan(r * dimension, dimension), query.AsSpan(0, dimension)))];
        fixed (float* r = rows)
        fixed (float* q = query)
        {
            AssertBits(expected, DotProduct.FourRows512(r, q, dimension));
            AssertBits(expected, DotProduct.FourRows256(r, q, dimension));
            AssertBits(expected, DotProduct.FourRows(r, q, dimension));
            for (int row = 0; row < 4; row++)
            {
                AssertBits(expected[row], DotProduct.OneRow512(r + (row * dimension), q, dimension));
                AssertBits(expected[row], DotProduct.OneRow256(r + (row * dimension), q, dimension));
                AssertBits(expected[row], DotProduct.OneRow128(r + (row * dimension), q, dimension));
            }
        }
    }

    private static void AssertBits(float[] expected, Vector128<float> actual)
    {
        for (int i = 0; i < 4; i++) AssertBits(expected[i], actual[i]);
    }

    private static void AssertBits(float expected, float actual)
    {
        if (float.IsNaN(expected)) Assert.True(float.IsNaN(actual));
        else Assert.Equal(BitConverter.SingleToInt32Bits(expected), BitConverter.SingleToInt32Bits(actual));
    }
}
