namespace LineRec.Training;

/// <summary>Cuts the epochs of towers so that their training fits a time limit.</summary>
internal static class MatchingTwoTowerPlan
{
    private const int Trials = 8, TrialSteps = 8;

    /// <summary>Training takes this much longer than its steps: checkpoints, the choice of scales, and slack.</summary>
    private const double Overhead = 1.25;

    /// <summary>The towers as they fit, by the speed of a few trial steps of each.</summary>
    public static IReadOnlyList<MatchingTowerOptions> Fit(MatchingTwoTowerOptions options, InteractionMatrix train, Workers workers, TimeProvider time)
    {
        if (options.TimeLimit is not { } limit) return options.Towers;
        double seconds = options.Towers.Sum(tower => EpochSeconds(tower, train, workers, time) * tower.Epochs);
        double share = Share(limit, seconds);
        return [.. options.Towers.Select(t => share >= 1 ? t : t with { Epochs = Math.Max(1, (int)(t.Epochs * share)) })];
    }

    /// <summary>Which share of the epochs fits, if one training of all takes so many seconds: there are two, to validate and on everything.</summary>
    internal static double Share(TimeSpan limit, double seconds) => limit.TotalSeconds / (2 * seconds * Overhead);

    private static double EpochSeconds(MatchingTowerOptions tower, InteractionMatrix train, Workers workers, TimeProvider time)
    {
        var trial = new MatchingTowerTraining(train, tower, workers);
        double fastest = double.PositiveInfinity; // code is still being compiled at first, and others may use the machine for a moment
        for (int i = 0; i < Trials; i++)
        {
            long start = time.GetTimestamp();
            trial.RunSteps(TrialSteps);
            fastest = Math.Min(fastest, time.GetElapsedTime(start).TotalSeconds);
        }

        return fastest / Math.Min(TrialSteps, trial.StepsPerEpoch) * trial.StepsPerEpoch;
    }
}
