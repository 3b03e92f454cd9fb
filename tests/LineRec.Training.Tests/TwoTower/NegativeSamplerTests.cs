namespace LineRec.Training.Tests;

public sealed class NegativeSamplerTests
{
    [Fact]
    public void Draws_without_doubles_and_every_item_as_often()
    {
        var sampler = new NegativeSampler([.. Enumerable.Range(0, 50)], new Random(1));
        var counts = new int[50];
        for (int draw = 0; draw < 500; draw++)
        {
            int[] items = sampler.Next(7).ToArray();
            Assert.Equal(7, items.Distinct().Count());
            foreach (int item in items) counts[item]++;
        }

        Assert.All(counts, c => Assert.InRange(c, 50, 90)); // 70 expected
    }

    [Fact]
    public void Gives_all_items_where_more_are_asked_for() => Assert.Equal([4, 2], new NegativeSampler([4, 2], new Random(1)).Next(100).ToArray());
}
