namespace LineRec.Training;

/// <summary>Chooses <see cref="ItemCfOptions"/> on validation, over a committed grid.</summary>
public static class ItemCfTuning
{
    private static readonly double[][] Grid =
    [
        [0, 0.5, 1],
        [0, 0.15, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1],
        [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6],
    ];

    private static readonly int[] Start = [1, 5, 3];

    /// <summary>The best options of the grid by recall at 20, found along one power after the other, from .5, .6 and .3 on, which won on other sets.</summary>
    /// <param name="train">What is counted.</param>
    /// <param name="validation">What is to be found.</param>
    /// <param name="threads">How many threads work; the result is the same for any number.</param>
    public static ItemCfOptions Tune(InteractionMatrix train, InteractionMatrix validation, int threads)
    {
        (double Power, ItemCfNeighbours? Neighbours) last = default;
        double[] best = CoordinateSearch.Find(Grid, Start, point =>
        {
            var options = new ItemCfOptions { ActivityPower = point[0], QueryPower = point[1], CandidatePower = point[2] };
            if (last.Neighbours is null || last.Power != point[0]) last = (point[0], new ItemCfNeighbours(train, point[0], options.MaxNeighbours, new Workers(threads)));
            return MatchingMetrics.Evaluate(new ItemCfModel(train, options, last.Neighbours), train, validation, 20, threads).Recall;
        });
        return new ItemCfOptions { ActivityPower = best[0], QueryPower = best[1], CandidatePower = best[2] };
    }
}
