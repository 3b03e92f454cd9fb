using System.Numerics.Tensors;

namespace LineRec.Training.Tests;

public sealed class SequenceTrainingTests
{
    private static readonly TwoTowerOptions Options = new()
    {
        Dimension = 16, Epochs = 25, BatchSize = 128, ValidationShare = 0, PopularityExponents = [0], DenseLearningRate = 0.005, PositiveWeights = [0f, 0f, 0f, 1f],
    };

    public static TheoryData<string> Models => [.. Enum.GetNames<SequenceModel>().Skip(1)];

    [Fact]
    public void Pooling_cannot_tell_which_click_came_last() => Assert.InRange(Share(SequenceModel.None), 0.3, 0.5);

    [Theory]
    [MemberData(nameof(Models))]
    public void Sequence_models_learn_from_the_order_of_clicks(string model) => Assert.InRange(Share(Enum.Parse<SequenceModel>(model)), 0.8, 1);

    /// <summary>For which share of the pairs the item that is bought after it has the highest score.</summary>
    private static double Share(SequenceModel sequence)
    {
        using var model = new TwoTowerTrainer(Options with { SequenceModel = sequence }).Train(OrderLog.Events(seed: 1), OrderLog.Catalog());
        using var users = model.EncodeUsers(OrderLog.Questions());
        int right = 0;
        for (int user = 0; user < OrderLog.Pairs.Length; user++)
        {
            int best = Enumerable.Range(0, model.ItemVectors.Rows).MaxBy(i => TensorPrimitives.Dot(users[user], model.ItemVectors[i]));
            if (best == OrderLog.Bought(OrderLog.Pairs[user].First, OrderLog.Pairs[user].Second)) right++;
        }

        return (double)right / OrderLog.Pairs.Length;
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_user_without_a_history_has_a_vector_of_zeros(string model)
    {
        using var trained = new TwoTowerTrainer(Options with { SequenceModel = Enum.Parse<SequenceModel>(model), Epochs = 1 }).Train(OrderLog.Events(seed: 1), OrderLog.Catalog());
        using var users = trained.EncodeUsers(new InteractionTable(["none", "one", "bought"], [0, 0, 1, 2], [3, 9], [EventType.Click, EventType.Impression], [1, 2]));
        Assert.All(users[0].ToArray(), v => Assert.Equal(0f, v));
        Assert.Equal(1f, TensorPrimitives.Norm(users[1]), 4);
        Assert.All(users[2].ToArray(), v => Assert.Equal(0f, v));
    }

    [Fact]
    public void A_sequence_model_that_does_not_exist_is_refused() => Assert.Contains(
        "SequenceModel is 9", Assert.Throws<ArgumentException>(() => new TwoTowerTrainer(Options with { SequenceModel = (SequenceModel)9 })).Message, StringComparison.Ordinal);
}
