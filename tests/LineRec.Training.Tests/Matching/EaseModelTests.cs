namespace LineRec.Training.Tests;

public sealed class EaseModelTests
{
    private const double Ridge = 5;
    private static readonly InteractionMatrix Train = BlockSet.Make().Train;

    [Theory]
    [InlineData(1000, EaseForm.Items)]
    [InlineData(10, EaseForm.Users)]
    public void Both_exact_forms_agree_with_the_dense_solution(int maxItems, EaseForm form)
    {
        // The users' form is taken where users are fewer than items: half of them here.
        var train = form == EaseForm.Items ? Train : First(Train, 100);
        var model = new EaseModel(train, new EaseOptions { Regularisation = Ridge, MaxItems = maxItems }, 2);
        Assert.Equal(form, model.Form);
        double[,] p = BlockSet.Inverse(Gram(train));
        foreach (int user in new[] { 0, 17, 99 }) AssertScores(p, train.ItemsOf(user).ToArray(), model.Scores(user, train.ItemsOf(user)));
        AssertScores(p, [3, 40, 41], model.Scores(0, [3, 40, 41])); // a history that isn't in the training
    }

    [Fact]
    public void The_approximation_is_ridge_regression_on_the_popular_items()
    {
        var model = new EaseModel(Train, new EaseOptions { Regularisation = Ridge, MaxItems = 50, MaxExactUsers = 0 }, 1);
        Assert.Equal(EaseForm.PopularItems, model.Form);
        int[] popular = [.. Enumerable.Range(0, Train.ItemCount).OrderByDescending(i => Train.UsersOf(i).Length).ThenBy(i => i).Take(50)];
        double[,] gram = Gram(Train), part = new double[50, 50];
        for (int i = 0; i < 50; i++)
            for (int j = 0; j < 50; j++) part[i, j] = gram[popular[i], popular[j]];
        double[,] p = BlockSet.Inverse(part);
        int[] history = Train.ItemsOf(5).ToArray();
        float[] scores = model.Scores(5, history);
        foreach (int item in Enumerable.Range(0, Train.ItemCount).Except(popular))
        {
            double expected = 0;
            for (int i = 0; i < 50; i++)
                for (int j = 0; j < 50 && history.Contains(popular[i]); j++) expected += p[i, j] * gram[popular[j], item];
            Assert.Equal(expected, scores[item], 1e-4);
        }

        for (int j = 0; j < 50; j++)
        {
            double expected = 0;
            for (int i = 0; i < 50; i++)
                if (i != j && history.Contains(popular[i])) expected -= p[i, j] / p[j, j];
            Assert.Equal(expected, scores[popular[j]], 1e-4);
        }
    }

    [Fact]
    public void Refuses_options_out_of_range()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new EaseModel(Train, new EaseOptions { Regularisation = 0 }, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EaseModel(Train, new EaseOptions { MaxItems = 0 }, 1));
    }

    private static void AssertScores(double[,] p, int[] history, float[] scores)
    {
        for (int j = 0; j < scores.Length; j++) Assert.Equal(history.Where(i => i != j).Sum(i => -p[i, j] / p[j, j]), scores[j], 1e-4);
    }

    private static double[,] Gram(InteractionMatrix train)
    {
        var gram = new double[train.ItemCount, train.ItemCount];
        for (int item = 0; item < train.ItemCount; item++) gram[item, item] = Ridge;
        for (int user = 0; user < train.UserCount; user++)
            foreach (int a in train.ItemsOf(user))
                foreach (int b in train.ItemsOf(user)) gram[a, b]++;
        return gram;
    }

    private static InteractionMatrix First(InteractionMatrix matrix, int users)
    {
        var pairs = Enumerable.Range(0, users).SelectMany(u => matrix.ItemsOf(u).ToArray().Select(i => (u, i))).ToList();
        return InteractionMatrix.FromPairs([.. pairs.Select(p => p.u)], [.. pairs.Select(p => p.i)], users, matrix.ItemCount);
    }
}
