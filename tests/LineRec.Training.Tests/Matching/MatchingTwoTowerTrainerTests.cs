namespace LineRec.Training.Tests;

public sealed class MatchingTwoTowerTrainerTests
{
    private static readonly (InteractionMatrix Train, InteractionMatrix Test) Set = BlockSet.Make();

    [Fact]
    public void The_same_seed_gives_the_same_bits_on_any_number_of_threads()
    {
        var one = Train(threads: 1).Model;
        Assert.Equal(one.ItemVectors.ToArray(), Train(threads: 1).Model.ItemVectors.ToArray());
        Assert.Equal(one.ItemVectors.ToArray(), Train(threads: 3).Model.ItemVectors.ToArray());
        Assert.NotEqual(one.ItemVectors.ToArray(), Train(threads: 1, seed: 2).Model.ItemVectors.ToArray());
    }

    [Fact]
    public void Every_model_beats_popularity()
    {
        double popularity = Recall(new PopularityModel(Set.Train));
        var result = Train(threads: 2);
        var options = Options(2, 1);
        ItemCfModel itemCf = new(Set.Train, new ItemCfOptions(), 1), validated = new(result.ValidationTrain, new ItemCfOptions(), 1);
        IMatchingModel[] models =
        [
            itemCf,
            new IalsModel(Set.Train, new IalsOptions { Dimension = 8 }, 1),
            new EaseModel(Set.Train, new EaseOptions { Regularisation = 20 }, 1),
            result.Model,
            .. result.Model.Towers,
            JoinedTuning.Tune(result, options, (validated, itemCf)).Model,
        ];
        Assert.All(models, model => Assert.InRange(Recall(model), popularity * 1.3, 1));
    }

    [Fact]
    public void The_joined_vector_scores_the_weighted_sum_of_the_towers()
    {
        var model = Train(threads: 1).Model;
        int[] history = Set.Train.ItemsOf(4).ToArray();
        float[] scores = model.Scores(4, history);
        float[][] parts = [.. model.Towers.Select(t => t.Scores(4, history))];
        for (int item = 0; item < scores.Length; item++)
            Assert.Equal(parts.Select((p, i) => p[item] * model.Weights[i]).Sum(), scores[item], 1e-5);
    }

    [Fact]
    public void Items_that_nobody_has_score_nothing()
    {
        var train = InteractionMatrix.FromPairs([0, 0, 0, 1, 1, 1], [0, 1, 2, 1, 2, 3], 2, 5);
        var model = new MatchingTowerTraining(train, new MatchingTowerOptions { Dimension = 4 }, new Workers(1)).Model(0);
        Assert.Equal(0, model.Scores(0, [1])[4]);
        Assert.All(model.Scores(-1, []), s => Assert.Equal(0, s)); // nothing is known of this user
    }

    [Fact]
    public void Epochs_are_cut_to_what_fits_the_time()
    {
        Assert.Equal(0.5, MatchingTwoTowerPlan.Share(TimeSpan.FromSeconds(100), 80), 9);
        var options = Options(1, 1) with { TimeLimit = TimeSpan.FromHours(1) };
        Assert.Equal(options.Towers, MatchingTwoTowerPlan.Fit(options, Set.Train, new Workers(1), new Ticking(TimeSpan.FromMilliseconds(1))));
        var cut = MatchingTwoTowerPlan.Fit(options, Set.Train, new Workers(1), new Ticking(TimeSpan.FromMinutes(20)));
        Assert.All(cut.Zip(options.Towers), pair => Assert.InRange(pair.First.Epochs, 1, pair.Second.Epochs - 1));
    }

    [Fact]
    public void Refuses_what_it_cannot_train_on()
    {
        var nothing = InteractionMatrix.FromPairs([], [], 3, 3);
        Assert.Throws<ArgumentException>(() => new MatchingTwoTowerTrainer(Options(1, 1), TimeProvider.System).Train(nothing));
        var message = Assert.Throws<ArgumentException>(() => new MatchingTwoTowerTrainer(Options(1, 1) with { Towers = [new MatchingTowerOptions { Dimension = 0, Temperature = 0.01 }] }, TimeProvider.System).Train(Set.Train)).Message;
        Assert.Contains("Dimension is 0", message, StringComparison.Ordinal);
        Assert.Contains("Temperature is 0.01", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new MatchingTwoTowerModel([], []));
    }

    private static double Recall(IMatchingModel model) => MatchingMetrics.Evaluate(model, Set.Train, Set.Test, 10, 1).Recall;

    private static MatchingTwoTowerResult Train(int threads, int seed = 1) => new MatchingTwoTowerTrainer(Options(threads, seed), TimeProvider.System).Train(Set.Train);

    private static MatchingTwoTowerOptions Options(int threads, int seed)
    {
        var options = MatchingTwoTowerOptions.For(Set.Train, seed) with { Threads = threads };
        return options with { Towers = [.. options.Towers.Select(t => t with { BatchUsers = 20, Epochs = 20 })] };
    }

    /// <summary>A clock that goes on by so much with each look at it.</summary>
    private sealed class Ticking(TimeSpan tick) : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now += tick.Ticks;
    }
}
