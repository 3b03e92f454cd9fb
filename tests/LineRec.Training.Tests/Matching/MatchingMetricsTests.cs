namespace LineRec.Training.Tests;

public sealed class MatchingMetricsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(20)]
    [InlineData(400)]
    public void Agrees_with_sorting_everything(int k)
    {
        var (train, test) = BlockSet.Make();
        for (int seed = 0; seed < 5; seed++)
        {
            var model = new RandomScores(seed);
            var metrics = MatchingMetrics.Evaluate(model, train, test, k, 1);
            var (recall, ndcg, users) = Naive(model, train, test, k);
            Assert.Equal(users, metrics.Users);
            Assert.Equal(recall, metrics.Recall, 12);
            Assert.Equal(ndcg, metrics.Ndcg, 12);
        }
    }

    [Fact]
    public void Is_the_same_on_any_number_of_threads()
    {
        var (train, test) = BlockSet.Make();
        Assert.Equal(MatchingMetrics.Evaluate(new RandomScores(1), train, test, 10, 1), MatchingMetrics.Evaluate(new RandomScores(1), train, test, 10, 3));
    }

    [Fact]
    public void Refuses_matrices_of_other_shapes()
    {
        var (train, test) = BlockSet.Make();
        var other = InteractionMatrix.FromPairs([0], [0], 1, 1);
        Assert.Throws<ArgumentException>(() => MatchingMetrics.Evaluate(new RandomScores(1), train, other, 10, 1));
        Assert.Throws<ArgumentException>(() => MatchingMetrics.Evaluate(new RandomScores(1), other, other, 10, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => MatchingMetrics.Evaluate(new RandomScores(1), train, test, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => MatchingMetrics.Evaluate(new RandomScores(1), train, test, 10, 0));
    }

    [Fact]
    public void Nobody_to_measure_is_zero() =>
        Assert.Equal(default, MatchingMetrics.Evaluate(new RandomScores(1), BlockSet.Make().Train, InteractionMatrix.FromPairs([], [], BlockSet.Users, BlockSet.Items), 10, 1));

    private static (double Recall, double Ndcg, int Users) Naive(RandomScores model, InteractionMatrix train, InteractionMatrix test, int k)
    {
        double recall = 0, ndcg = 0;
        int users = 0;
        for (int user = 0; user < train.UserCount; user++)
        {
            int[] history = train.ItemsOf(user).ToArray(), targets = test.ItemsOf(user).ToArray();
            if (targets.Length == 0) continue;
            float[] scores = model.Scores(user, history);
            int[] ranked = [.. Enumerable.Range(0, scores.Length).Where(i => !history.Contains(i) && !float.IsNaN(scores[i])).OrderByDescending(i => scores[i]).ThenBy(i => i).Take(k)];
            recall += (double)ranked.Count(targets.Contains) / targets.Length;
            ndcg += ranked.Select((item, rank) => targets.Contains(item) ? 1 / Math.Log2(rank + 2) : 0).Sum() / Enumerable.Range(0, Math.Min(k, targets.Length)).Sum(r => 1 / Math.Log2(r + 2));
            users++;
        }

        return (recall / users, ndcg / users, users);
    }

    /// <summary>Scores with many ties, some NaN and some infinite.</summary>
    private sealed class RandomScores(int seed) : IMatchingModel
    {
        public int ItemCount => BlockSet.Items;

        public void Score(int user, ReadOnlySpan<int> history, Span<float> scores)
        {
            var random = new Random((seed * 1000) + user);
            foreach (ref float score in scores)
                score = random.Next(40) switch { 0 => float.NaN, 1 => float.NegativeInfinity, 2 => float.PositiveInfinity, var n => n };
        }
    }
}
