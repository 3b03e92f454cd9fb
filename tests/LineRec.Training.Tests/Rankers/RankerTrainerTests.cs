namespace LineRec.Training.Tests;

public sealed class RankerTrainerTests
{
    private static readonly RankerOptions Quick = new() { Epochs = 6, BatchSize = 256, UserVectorOffset = 1, HiddenWidths = [24, 8], LearningRate = 0.01 };

    [Theory]
    [InlineData("Pointwise")]
    [InlineData("Listwise")]
    [InlineData("Both")]
    public void Learns_the_probabilities_that_choices_were_drawn_with(string loss)
    {
        var test = ChoiceLog.Examples(groups: 2000, seed: 99);
        using var model = new RankerTrainer(Quick with { Loss = Enum.Parse<RankingLoss>(loss) }).Train(ChoiceLog.Examples(groups: 2000));
        var (found, best) = (model.Evaluate(test), RankerMetrics.Of(ChoiceLog.Truth(test), test.Labels, test.GroupOffsets));
        Assert.InRange(found.Auc, best.Auc - 0.03, 1);
        Assert.InRange(found.Ndcg, best.Ndcg - 0.03, 1);
        if (loss != "Listwise") Assert.InRange(found.Ece, 0, best.Ece + 0.03); // a softmax alone leaves the level of each request open
        Assert.InRange(model.Report.HeldOut.Auc, best.Auc - 0.05, 1);
    }

    [Fact]
    public void The_product_of_user_vector_and_embedding_carries_taste()
    {
        var (train, test) = (ChoiceLog.Examples(), ChoiceLog.Examples(seed: 99));
        using var with = new RankerTrainer(Quick).Train(train);
        using var without = new RankerTrainer(Quick with { UserVectorOffset = null }).Train(train);
        Assert.True(with.Evaluate(test).Auc > without.Evaluate(test).Auc + 0.02);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_seed_others()
    {
        var examples = ChoiceLog.Examples(groups: 100, times: false);
        var options = Quick with { Epochs = 2, Ensemble = 2 };
        byte[] first = Bytes(options, examples);
        Assert.Equal(first, Bytes(options, examples));
        Assert.NotEqual(first, Bytes(options with { Seed = 2 }, examples));
    }

    [Fact]
    public void The_last_groups_in_time_are_held_out()
    {
        var examples = ChoiceLog.Examples(groups: 100);
        // The held-out groups have turned labels: a ranker that had seen them would not be this wrong.
        for (int at = 80 * 12; at < examples.Count; at++) examples.Labels[at] = 1 - examples.Labels[at];
        using var model = new RankerTrainer(Quick with { ValidationShare = 0.2 }).Train(examples);
        Assert.Equal((80, 20), (model.Report.Groups, model.Report.HeldOutGroups));
        Assert.True(model.Report.HeldOut.Auc < 0.5);
    }

    [Fact]
    public void Weights_count()
    {
        var examples = ChoiceLog.Examples(groups: 200);
        float[] weights = [.. examples.Labels.Select(l => l > 0 ? 0f : 1f)]; // nothing that was chosen counts
        using var model = new RankerTrainer(Quick with { Loss = RankingLoss.Pointwise }).Train(examples with { Weights = weights });
        using var plain = new RankerTrainer(Quick with { Loss = RankingLoss.Pointwise }).Train(examples);
        Assert.True(model.Score(examples).Average() < plain.Score(examples).Average() / 2);
    }

    [Fact]
    public void Groups_without_candidates_and_groups_of_one_are_no_trouble()
    {
        var examples = ChoiceLog.Examples(groups: 50);
        int[] offsets = [0, 0, 1, 1, .. examples.GroupOffsets[3..^1], examples.Count, examples.Count];
        using var user = new NpyMatrix<float>(new float[offsets.Length - 1], 1);
        var uneven = examples with { GroupOffsets = offsets, GroupTimes = null, User = user };
        using var model = new RankerTrainer(Quick with { Epochs = 1, UserVectorOffset = null }).Train(uneven);
        Assert.Equal(examples.Count, model.Score(uneven).Count(float.IsFinite));
    }

    [Fact]
    public void Parts_that_do_not_fit_are_refused_by_name()
    {
        var examples = ChoiceLog.Examples(groups: 20);
        Refused("Labels has 3 rows", examples with { Labels = new float[3] });
        Refused("User has 1 rows", examples with { User = new NpyMatrix<float>(new float[6], 6) });
        Refused("Cross has 1 rows", examples with { Cross = new NpyMatrix<float>(new float[2], 2) });
        Refused("the item matrices have 2 rows", examples with { ItemFeatures = null, ItemEmbeddings = new NpyMatrix<float>(new float[8], 4) });
        Refused("label 0.5", examples with { Labels = [.. Enumerable.Repeat(0.5f, examples.Count)] });
        Refused("weight -1", examples with { Weights = [.. Enumerable.Repeat(-1f, examples.Count)] });
        Refused("GroupOffsets must ascend", examples with { GroupOffsets = [0, 5, 3] });
        Refused("needs at least one", examples with { User = null, Cross = null, ItemFeatures = null, ItemEmbeddings = null });
    }

    [Fact]
    public void Nothing_to_learn_from_is_refused()
    {
        var examples = ChoiceLog.Examples(groups: 20);
        Refused("0 of ", examples with { Labels = new float[examples.Count] });
        Refused("1 groups have candidates", examples with { GroupOffsets = [0, examples.Count], GroupTimes = null, User = null });
        Refused("0 groups have candidates", new RankingExamples { GroupOffsets = [0], ItemRows = [], Labels = [] });
    }

    [Fact]
    public void A_capture_without_requests_is_refused() => Assert.Contains(
        "No request was recorded", Assert.Throws<ArgumentException>(() => RankingExamples.From(new LineRec.Features.CapturedFeatures(), [])).Message, StringComparison.Ordinal);

    [Fact]
    public void Infinite_features_and_a_product_that_does_not_fit_are_refused()
    {
        var examples = ChoiceLog.Examples(groups: 20);
        float[] cross = new float[examples.Count];
        cross[5] = float.NegativeInfinity;
        Refused("cross block has an infinite value", examples with { Cross = new NpyMatrix<float>(cross, 1) });
        string message = Assert.Throws<ArgumentException>(() => new RankerTrainer(Quick with { UserVectorOffset = 4 }).Train(examples)).Message;
        Assert.Contains("doesn't fit into a user block of 6", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Scoring_other_inputs_than_those_of_training_is_refused()
    {
        var examples = ChoiceLog.Examples(groups: 20);
        using var model = new RankerTrainer(Quick with { Epochs = 1 }).Train(examples);
        Assert.Contains("6, 4, 3, 0", Assert.Throws<ArgumentException>(() => model.Score(examples with { Cross = null })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_wrong_options_are_named_at_once()
    {
        string message = Assert.Throws<ArgumentException>(() => new RankerTrainer(new RankerOptions { HiddenWidths = [], Dropout = 1, Ensemble = 0 })).Message;
        Assert.Contains("HiddenWidths is []", message, StringComparison.Ordinal);
        Assert.Contains("Dropout is 1", message, StringComparison.Ordinal);
        Assert.Contains("Ensemble is 0", message, StringComparison.Ordinal);
    }

    private static void Refused(string text, RankingExamples examples) => Assert.Contains(
        text, Assert.Throws<ArgumentException>(() => new RankerTrainer(Quick with { UserVectorOffset = null }).Train(examples)).Message, StringComparison.Ordinal);

    private static byte[] Bytes(RankerOptions options, RankingExamples examples)
    {
        string folder = Directory.CreateTempSubdirectory("linerec-ranker-").FullName;
        try
        {
            using var model = new RankerTrainer(options).Train(examples);
            return File.ReadAllBytes(Path.Combine(folder, model.Export(folder, "rankers/home.onnx", "").File));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
