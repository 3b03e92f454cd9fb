namespace LineRec.Training.Tests;

public sealed class ItemCfModelTests
{
    [Fact]
    public void Agrees_with_dense_sums()
    {
        var (train, _) = BlockSet.Make();
        var options = new ItemCfOptions { ActivityPower = 0.5, QueryPower = 0.6, CandidatePower = 0.3 };
        var model = new ItemCfModel(train, options, 2);
        double[,] x = train.Dense();
        foreach (int user in new[] { 0, 17, 101 })
        {
            float[] scores = model.Scores(user, train.ItemsOf(user));
            for (int item = 0; item < train.ItemCount; item++)
            {
                double expected = 0;
                foreach (int other in train.ItemsOf(user))
                {
                    if (other == item) continue;
                    double common = 0;
                    for (int v = 0; v < train.UserCount; v++) common += x[v, item] * x[v, other] / Math.Sqrt(train.ItemsOf(v).Length);
                    expected += common / Math.Pow(train.UsersOf(other).Length, 0.6) / Math.Pow(Math.Max(1, train.UsersOf(item).Length), 0.3);
                }

                Assert.Equal(expected, scores[item], 1e-5);
            }
        }
    }

    [Fact]
    public void Keeps_the_strongest_neighbours_only()
    {
        var train = InteractionMatrix.FromPairs([0, 0, 1, 1, 2, 2], [0, 1, 0, 1, 0, 2], 3, 3);
        float[] scores = new ItemCfModel(train, ItemCfOptions.Cosine with { MaxNeighbours = 1 }, 1).Scores(0, [0]);
        Assert.Equal(2 / Math.Sqrt(6), scores[1], 1e-6);
        Assert.Equal(0, scores[2]);
    }

    [Fact]
    public void Refuses_options_out_of_range()
    {
        var (train, _) = BlockSet.Make();
        Assert.Throws<ArgumentOutOfRangeException>(() => new ItemCfModel(train, new ItemCfOptions { QueryPower = double.NaN }, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ItemCfModel(train, new ItemCfOptions { MaxNeighbours = 0 }, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ItemCfModel(train, new ItemCfOptions(), 0));
    }
}
