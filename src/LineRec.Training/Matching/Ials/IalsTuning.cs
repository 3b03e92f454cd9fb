namespace LineRec.Training;

/// <summary>Chooses <see cref="IalsOptions"/> on validation, over a committed grid.</summary>
public static class IalsTuning
{
    private const int MaxUsers = 3000, ItemsPerDimension = 16;

    private static readonly double[][] Grid =
    [
        [0.001, 0.003, 0.01, 0.03, 0.1],
        [0.0003, 0.001, 0.003, 0.01, 0.03],
    ];

    private static readonly int[] Start = [2, 2];

    /// <summary>The best options of the grid (weight of the unobserved, then regularisation) by recall at 20.</summary>
    /// <param name="train">The interactions.</param>
    /// <param name="validation">What is to be found; at most 3,000 users are looked at.</param>
    /// <param name="threads">How many threads work; the result is the same for any number.</param>
    /// <param name="seed">The seed of the first values.</param>
    public static IalsOptions Tune(InteractionMatrix train, InteractionMatrix validation, int threads, int seed = 1)
    {
        var defaults = new IalsOptions();
        int dimension = Math.Clamp(train.ItemCount / ItemsPerDimension, 16, defaults.Dimension);
        IalsOptions At(double[] point) => defaults with { UnobservedWeight = point[0], Regularisation = point[1], Seed = seed, Dimension = dimension };
        return At(CoordinateSearch.Find(Grid, Start, point => MatchingMetrics.Evaluate(new IalsModel(train, At(point), threads), train, validation, 20, threads, MaxUsers).Recall, rounds: 2));
    }
}
