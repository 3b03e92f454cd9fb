using System.Numerics;

namespace LineRec.Training;

/// <summary>What is chosen from the size of a set.</summary>
internal static class MatchingTwoTowerDefaults
{
    private const int HistoryDimension = 256, IdDimension = 128, ItemsPerDimension = 16, SmallestDimension = 16;

    public static MatchingTwoTowerOptions For(InteractionMatrix train, int seed)
    {
        var history = new MatchingTowerOptions { Dimension = Dimension(HistoryDimension, train.ItemCount), Seed = seed };
        var id = new MatchingTowerOptions
        {
            UserPart = MatchingUserPart.Id,
            Loss = MatchingTowerLoss.BilateralSoftmax,
            Dimension = Dimension(IdDimension, train.ItemCount),
            Negatives = 1920,
            Epochs = 100, // an epoch updates a user's own vector once
            Seed = seed + 1,
        };
        return new MatchingTwoTowerOptions { Towers = [history, id], Seed = seed };
    }

    private static int Dimension(int most, int items) => Math.Clamp((int)BitOperations.RoundUpToPowerOf2((uint)(items / ItemsPerDimension)), SmallestDimension, most);
}
