namespace LineRec.Training.Tests;

public sealed class SymmetricInverseTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(700)]
    public void The_product_with_the_matrix_is_the_identity(int size)
    {
        var (dense, tiles) = Make(size);
        SymmetricInverse.Invert(tiles, new Workers(2));
        var random = new Random(2);
        for (int probe = 0; probe < 200; probe++)
        {
            int row = random.Next(size), column = probe % 2 == 0 ? row : random.Next(size);
            double sum = 0;
            for (int k = 0; k < size; k++) sum += dense[row, k] * tiles[k, column];
            Assert.Equal(row == column ? 1 : 0, sum, 1e-4);
        }
    }

    [Fact]
    public void Rows_are_added_whole()
    {
        var (dense, tiles) = Make(300);
        var sum = new float[300];
        tiles.AddRow(20, 2, sum);
        tiles.AddRow(290, 1, sum);
        for (int i = 0; i < 300; i++) Assert.Equal((2 * dense[20, i]) + dense[290, i], sum[i], 1e-3);
    }

    [Fact]
    public void A_matrix_that_is_not_positive_definite_is_refused()
    {
        var tiles = new SymmetricTiles(2);
        (tiles[0, 0], tiles[1, 1]) = (1, -1);
        Assert.Contains("not positive definite", Assert.Throws<ArgumentException>(() => SymmetricInverse.Invert(tiles, new Workers(1))).Message, StringComparison.Ordinal);
    }

    private static (double[,] Dense, SymmetricTiles Tiles) Make(int size)
    {
        var random = new Random(size);
        var factors = Gaussian.Draw(random, size * 5, 1);
        var dense = new double[size, size];
        var tiles = new SymmetricTiles(size);
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                float value = i == j ? 3 : 0;
                for (int k = 0; k < 5; k++) value += factors[(i * 5) + k] * factors[(j * 5) + k];
                dense[i, j] = dense[j, i] = value;
                tiles[i, j] = value;
                if (i / SymmetricTiles.Side == j / SymmetricTiles.Side) tiles.Tile(i / SymmetricTiles.Side, i / SymmetricTiles.Side)[((j % SymmetricTiles.Side) * SymmetricTiles.Side) + (i % SymmetricTiles.Side)] = value;
            }
        }

        return (dense, tiles);
    }
}
