namespace LineRec.Training.Tests;

public sealed class IalsModelTests
{
    private const double Alpha = 0.05, Lambda = 0.02;
    private static readonly InteractionMatrix Train = BlockSet.Make().Train;
    private static readonly IalsOptions Options = new() { Dimension = 8, Epochs = 3, UnobservedWeight = Alpha, Regularisation = Lambda, ConjugateSteps = 30 };

    [Fact]
    public void A_users_vector_solves_its_normal_equations()
    {
        var model = new IalsModel(Train, Options, 2);
        var vector = new float[8];
        foreach (int user in new[] { 0, 17, 101 })
        {
            model.EncodeUser(user, Train.ItemsOf(user), vector);
            AssertSolved(model, Train.ItemsOf(user).ToArray(), vector);
        }

        model.EncodeUser(-1, [3, 40, 41], vector); // someone who wasn't in training
        AssertSolved(model, [3, 40, 41], vector);
    }

    [Fact]
    public void Scores_are_inner_products_and_the_same_for_any_number_of_threads()
    {
        var model = new IalsModel(Train, Options, 1);
        Assert.Equal(model.ItemVectors.ToArray(), new IalsModel(Train, Options, 3).ItemVectors.ToArray());
        var vector = new float[8];
        model.EncodeUser(4, Train.ItemsOf(4), vector);
        float[] scores = model.Scores(4, Train.ItemsOf(4)), block = new float[2 * Train.ItemCount];
        ((IMatchingModel)model).Score([4, 9], Train, block);
        Assert.Equal(scores, block[..Train.ItemCount]);
        for (int item = 0; item < Train.ItemCount; item++) Assert.Equal(Enumerable.Range(0, 8).Sum(k => (double)vector[k] * model.ItemVectors.Span[(item * 8) + k]), scores[item], 1e-5);
    }

    [Fact]
    public void Refuses_options_out_of_range() =>
        Assert.Contains("ConjugateSteps is 0", Assert.Throws<ArgumentException>(() => new IalsModel(Train, new IalsOptions { ConjugateSteps = 0 }, 1)).Message, StringComparison.Ordinal);

    private static void AssertSolved(IalsModel model, int[] history, float[] x)
    {
        ReadOnlySpan<float> y = model.ItemVectors.Span;
        for (int k = 0; k < 8; k++)
        {
            double left = Lambda * (history.Length + (Alpha * Train.ItemCount)) * x[k], right = 0;
            for (int item = 0; item < Train.ItemCount; item++)
            {
                double score = 0;
                for (int l = 0; l < 8; l++) score += (double)y[(item * 8) + l] * x[l];
                left += (history.Contains(item) ? 1 + Alpha : Alpha) * score * y[(item * 8) + k];
                if (history.Contains(item)) right += y[(item * 8) + k];
            }

            Assert.Equal(right, left, 1e-3);
        }
    }
}
