namespace LineRec.Training.Tests;

public sealed class ShuffledRowsTests
{
    [Fact]
    public void Every_epoch_has_every_row_once_in_batches_of_the_size_at_most()
    {
        var rows = new ShuffledRows(50, batchSize: 10, seed: 1, sizeOf: row => row == 7 ? 25 : row % 4);
        for (int epoch = 0; epoch < 3; epoch++)
        {
            var batches = Read(rows, epoch);
            Assert.Equal(Enumerable.Range(0, 50), batches.SelectMany(b => b).Order());
            Assert.All(batches, b => Assert.True(b.Length == 1 || b.Sum(row => row == 7 ? 25 : row % 4) <= 10));
        }

        Assert.Equal((int)Math.Ceiling((Enumerable.Range(0, 50).Sum(row => row % 4) - 3 + 25) / 10.0), rows.StepsPerEpoch);
    }

    [Fact]
    public void Reading_goes_on_from_any_position_with_the_same_rows()
    {
        var rows = new ShuffledRows(50, 8, seed: 2);
        var whole = Read(rows, 4);
        for (int taken = 0; taken <= whole.Count; taken++)
        {
            var first = new ShuffledRows(50, 8, seed: 2);
            first.Start(4);
            for (int i = 0; i < taken; i++) Assert.True(first.TryRead(out _));
            Assert.Equal(whole.Skip(taken), Read(new ShuffledRows(50, 8, seed: 2), 4, first.Position));
        }
    }

    [Fact]
    public void Seeds_give_other_orders_and_the_same_seed_the_same()
    {
        Assert.Equal(Read(new ShuffledRows(50, 8, 2), 0), Read(new ShuffledRows(50, 8, 2), 0));
        Assert.NotEqual(Read(new ShuffledRows(50, 8, 2), 0), Read(new ShuffledRows(50, 8, 3), 0));
        Assert.NotEqual(Read(new ShuffledRows(50, 8, 2), 0), Read(new ShuffledRows(50, 8, 2), 1));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("null")]
    [InlineData("""{"Next":0,"Count":51,"Size":50,"BatchSize":8,"Seed":2}""")]
    [InlineData("""{"Next":51,"Count":50,"Size":50,"BatchSize":8,"Seed":2}""")]
    [InlineData("""{"Next":0,"Count":50,"Size":50,"BatchSize":8,"Seed":3}""")]
    public void Positions_among_other_rows_are_refused(string position) => Assert.Throws<InvalidDataException>(() => new ShuffledRows(50, 8, 2).Start(0, position));

    private static List<int[]> Read(ShuffledRows rows, int epoch, string? position = null)
    {
        List<int[]> batches = [];
        rows.Start(epoch, position);
        while (rows.TryRead(out var batch)) batches.Add(batch.ToArray());
        return batches;
    }
}
