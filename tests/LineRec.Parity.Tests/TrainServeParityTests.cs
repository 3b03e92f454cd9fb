using LineRec.Onnx;
using LineRec.Ranking;
using LineRec.Training;

namespace LineRec.Parity.Tests;

/// <summary>What training computed and what serving computes for the same requests, value by value.</summary>
public sealed class TrainServeParityTests(TrainedShop shop) : IClassFixture<TrainedShop>
{
    private const float Tolerance = 1e-5f; // other kernels sum in another order; scores are probabilities

    [Fact]
    public async Task The_served_ranker_scores_each_candidate_as_the_trained_one_did()
    {
        float[] trained = shop.Ranker.Score(shop.Examples);
        var ranker = new OnnxRanker(shop.Snapshot, "home", "home");
        int next = 0;
        foreach (var (context, candidates) in shop.Requests())
        {
            await ranker.RankAsync(context, candidates, CancellationToken.None);
            for (int i = 0; i < candidates.Count; i++)
            {
                Assert.Equal(shop.Examples.ItemRows[next], candidates.Rows[i]);
                Assert.Equal(trained[next++], candidates.Scores[i], Tolerance);
            }
        }

        Assert.Equal(trained.Length, next);
        Assert.True(trained.Max() - trained.Min() > 0.01, "A ranker that gives all the same score shows nothing.");
    }

    [Fact]
    public void The_served_features_are_the_bits_that_were_trained_on()
    {
        var encoder = Features.SnapshotFeatures.EncoderFor(shop.Snapshot);
        int request = 0, next = 0;
        foreach (var (context, candidates) in shop.Requests())
        {
            float[] user = new float[encoder.UserWidth], cross = new float[candidates.Count * encoder.CrossWidth];
            encoder.EncodeUser(context, user);
            encoder.EncodeCross(context, candidates, cross);
            Assert.Equal(shop.Examples.User![request++].ToArray().Select(BitConverter.SingleToInt32Bits), user.Select(BitConverter.SingleToInt32Bits));
            Assert.Equal(shop.Examples.Cross!.Slice(next, candidates.Count).ToArray().Select(BitConverter.SingleToInt32Bits), cross.Select(BitConverter.SingleToInt32Bits));
            next += candidates.Count;
        }
    }

    public static TheoryData<string> SequenceModels => [.. Enum.GetNames<SequenceModel>()];

    [Theory]
    [MemberData(nameof(SequenceModels))]
    public void The_served_user_tower_gives_the_trained_vectors(string model)
    {
        using var towers = shop.TrainTowers(Enum.Parse<SequenceModel>(model));
        using var trained = towers.Model.EncodeUsers(shop.Events);
        var encoder = new OnnxUserEncoder(towers.Snapshot);
        float[] vector = new float[encoder.Dimension];
        int user = 0;
        foreach (var (context, _) in shop.Requests())
        {
            Assert.True(encoder.TryEncode(context, vector));
            for (int i = 0; i < vector.Length; i++) Assert.Equal(trained[user][i], vector[i], Tolerance); // vectors are of length 1
            user++;
        }
    }
}
