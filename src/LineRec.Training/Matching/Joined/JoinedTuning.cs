namespace LineRec.Training;

/// <summary>Chooses what a two-tower is joined with, and how, on the two-tower's own validation items.</summary>
public static class JoinedTuning
{
    private static readonly double[] OtherWeights = [0, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.7, 1];

    /// <summary>The joined model of the best recall at 20: popularity powers and weights of the towers, and the others' weights, along one after the other.</summary>
    /// <param name="result">The two-tower.</param>
    /// <param name="options">How it was trained.</param>
    /// <param name="others">What it is joined with: each trained without the validation items, and on everything.</param>
    /// <returns>The joined model on everything, and its measure on validation.</returns>
    public static (JoinedModel Model, MatchingMetrics Validation) Tune(MatchingTwoTowerResult result, MatchingTwoTowerOptions options, params IReadOnlyList<(IMatchingModel Validation, IMatchingModel Final)> others)
    {
        int towers = result.Model.Towers.Count;
        double[] one = [1], towerWeights = [0, .. options.Weights.Where(w => w != 0)];
        double[][] powers = [.. result.Model.Towers.Select(options.PowersFor)];
        double[][] axes = [.. others.Select(_ => OtherWeights), .. Enumerable.Range(1, towers - 1).Select(_ => towerWeights), .. powers];
        int[] start =
        [
            .. others.Select((_, i) => i == 0 ? Array.IndexOf(OtherWeights, 0.2) : 0),
            .. result.Model.Weights.Skip(1).Select(w => Array.IndexOf(towerWeights, w)),
            .. result.Model.Towers.Select((t, i) => Array.IndexOf(powers[i], t.PopularityPower)),
        ];
        JoinedModel Join(MatchingTwoTowerModel towerModel, InteractionMatrix train, IEnumerable<IMatchingModel> models, double[] point)
        {
            double[] weights = [.. one, .. point[others.Count..(others.Count + towers - 1)]];
            var scaled = towerModel.Towers.Select((t, i) => t.WithPopularityPower(point[others.Count + towers - 1 + i], train));
            return new JoinedModel(new MatchingTwoTowerModel([.. scaled], weights), [.. models.Zip(point)]);
        }

        MatchingMetrics Measure(double[] point) =>
            MatchingMetrics.Evaluate(Join(result.ValidationModel, result.ValidationTrain, others.Select(o => o.Validation), point), result.ValidationTrain, result.Validation, 20, options.Threads, options.MaxValidationUsers);
        double[] best = CoordinateSearch.Find(axes, start, point => Measure(point).Recall);
        return (Join(result.Model, result.FinalTrain, others.Select(o => o.Final), best), Measure(best));
    }
}
