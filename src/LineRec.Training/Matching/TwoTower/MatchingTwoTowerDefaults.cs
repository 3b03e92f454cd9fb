using System.Numerics;

namespace LineRec.Training;

/// <summary>What is chosen from the size of a set.</summary>
/// <remarks>
/// Recall@20 of all users on a tenth of Gowalla's train items (differences under .002 mean little): history tower .221, history with user id .222, factorisation .212; history with either of the others
/// .225, all three .228. Powers of popularity make little difference there (0 and .05 both .228; .1 on the tower with user id, as others
/// found it best, is 1 to 2 % less).
/// </remarks>
internal static class MatchingTwoTowerDefaults
{
    private const int LargestDimension = 256, LargestIdDimension = 128, ItemsPerDimension = 16, SmallestDimension = 16;

    public static MatchingTwoTowerOptions For(InteractionMatrix train, int seed)
    {
        int dimension = Math.Clamp((int)BitOperations.RoundUpToPowerOf2((uint)(train.ItemCount / ItemsPerDimension)), SmallestDimension, LargestDimension);
        var history = new MatchingTowerOptions { Dimension = dimension, Seed = seed };
        var withId = new MatchingTowerOptions
        {
            UserPart = MatchingUserPart.HistoryAndId,
            Loss = MatchingTowerLoss.BilateralSoftmax,
            Dimension = dimension,
            Negatives = 1920,
            LearningRate = 0.02,
            Epochs = 50, // an epoch updates a user's own vector once
            PopularityPower = 0.1,
            Seed = seed + 1,
        };
        var factorisation = withId with
        {
            UserPart = MatchingUserPart.Id,
            Dimension = Math.Min(dimension, LargestIdDimension),
            LearningRate = 0.03,
            Epochs = 100,
            PopularityPower = 0,
            Seed = seed + 2,
        };
        return new MatchingTwoTowerOptions { Towers = [history, withId, factorisation], Seed = seed };
    }
}
