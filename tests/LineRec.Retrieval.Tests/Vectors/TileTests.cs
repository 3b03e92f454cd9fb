namespace LineRec.Retrieval.Tests.Vectors;

public unsafe class TileTests
{
    private const int Side = Tile.Side;

    [Fact]
    public void Every_pair_has_the_bits_of_the_reference_at_every_length()
    {
        var random = new Random(1);
        for (int dimension = 1; dimension <= 256; dimension++) AssertReference(Values(random, dimension), Values(random, dimension), dimension);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    [InlineData(float.MaxValue)]
    [InlineData(float.Epsilon)]
    public void A_strange_value_at_any_place_gives_the_bits_of_the_reference(float strange)
    {
        const int Dimension = 37;
        var random = new Random(2);
        for (int place = 0; place < Side * Dimension; place++)
        {
            var (rows, queries) = (Values(random, Dimension), Values(random, Dimension));
            rows[place] = strange;
            AssertReference(rows, queries, Dimension);
        }
    }

    private static float[] Values(Random random, int dimension) => [.. Enumerable.Range(0, Side * dimension).Select(_ => (float)(random.NextDouble() - 0.5))];

    private static void AssertReference(float[] rows, float[] queries, int dimension)
    {
        if (!Tile.IsSupported) return;
        int stride = DotProduct.PaddedLength(dimension);
        float[] padded = new float[Side * stride];
        for (int q = 0; q < Side; q++) queries.AsSpan(q * dimension, dimension).CopyTo(padded.AsSpan(q * stride));
        float[] readable = [.. rows, .. Enumerable.Repeat(float.NaN, DotProduct.Lanes)]; // what lies after the rows doesn't count
        fixed (float* r = readable)
        fixed (float* q = padded)
        {
            var products = Tile.Sum<Tile.Product>(r, q, stride, dimension);
            var distances = Tile.Sum<Tile.SquaredDifference>(r, q, stride, dimension);
            for (int i = 0; i < Side * Side; i++)
            {
                var row = rows.AsSpan(i % Side * dimension, dimension);
                var query = queries.AsSpan(i / Side * dimension, dimension);
                Assert.Equal(DotProduct.Reference(row, query), products[i]);
                Assert.Equal(SquaredDistance.Reference(row, query), distances[i]);
            }
        }
    }
}
