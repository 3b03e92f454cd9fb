namespace LineRec.Training;

/// <summary>The values and derivatives of <see cref="MatchingTowerLoss"/>.</summary>
internal static class MatchingTowerLosses
{
    /// <summary>The loss of one positive, and its derivatives by the positive's score and by Z.</summary>
    /// <param name="loss">Which.</param>
    /// <param name="score">The positive's score.</param>
    /// <param name="z">The estimated sum of the negatives' exponentials; without any (0) the bilateral loss is 0.</param>
    /// <param name="negativePower">The weight of log Z in the bilateral loss.</param>
    public static (double Value, double ByScore, double ByZ) Of(MatchingTowerLoss loss, double score, double z, double negativePower)
    {
        if (loss == MatchingTowerLoss.BilateralSoftmax)
            return z > 0 ? (-score + (negativePower * Math.Log(z)), -1, negativePower / z) : default;
        double all = Math.Exp(score) + z;
        return (-score + Math.Log(all), -z / all, 1 / all);
    }
}
