namespace LineRec.Retrieval.Tests.Vectors;

public unsafe class SquaredDistanceTests
{
    [Fact]
    public void One_row_and_four_give_the_bits_of_the_reference_at_every_length()
    {
        var random = new Random(1);
        for (int dimension = 1; dimension <= 256; dimension++)
        {
            // What lies after the rows is readable and doesn't count.
            float[] rows = [.. Enumerable.Range(0, 4 * dimension).Select(_ => (float)(random.NextDouble() - 0.5)), .. Enumerable.Repeat(float.NaN, DotProduct.Lanes)];
            var query = new float[DotProduct.PaddedLength(dimension)];
            for (int i = 0; i < dimension; i++) query[i] = (float)(random.NextDouble() - 0.5);
            AssertReference(rows, query, dimension);
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.MaxValue)]
    [InlineData(float.Epsilon)]
    public void A_strange_value_at_any_place_gives_the_bits_of_the_reference(float strange)
    {
        const int Dimension = 37;
        for (int place = 0; place < Dimension; place++)
        {
            float[] rows = [.. Enumerable.Repeat(0.5f, 4 * Dimension), .. new float[DotProduct.Lanes]];
            var query = new float[DotProduct.PaddedLength(Dimension)];
            Array.Fill(query, 0.25f, 0, Dimension);
            rows[(2 * Dimension) + place] = strange;
            AssertReference(rows, query, Dimension);
        }
    }

    private static void AssertReference(float[] rows, float[] query, int dimension)
    {
        float[] expected = [.. Enumerable.Range(0, 4).Select(r => SquaredDistance.Reference(rows.AsSpan(r * dimension, dimension), query.AsSpan(0, dimension)))];
        fixed (float* r = rows)
        fixed (float* q = query)
        {
            var four = SquaredDistance.FourRows(r, q, dimension);
            for (int i = 0; i < 4; i++)
            {
                Assert.Equal(expected[i], SquaredDistance.OneRow(r + (i * dimension), q, dimension));
                Assert.Equal(expected[i], four[i]);
            }
        }
    }
}
