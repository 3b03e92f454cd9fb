namespace LineRec;

/// <summary>
/// The Wilson score interval of a rate (clicks of impressions, say): a lower bound that doesn't trust few trials.
/// E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927).
/// </summary>
public static class WilsonScore
{
    /// <summary>The z of a two-sided 95 % interval.</summary>
    public const double Z95 = 1.959963984540054;

    /// <summary>The interval's lower end; 0 without trials.</summary>
    /// <param name="successes">0 to <paramref name="trials"/>; decayed counts may be fractions.</param>
    /// <param name="trials">0 or more.</param>
    /// <param name="z">The normal quantile.</param>
    public static double Lower(double successes, double trials, double z = Z95) => Bound(successes, trials, z, -1);

    /// <summary>The interval's upper end; 1 without trials.</summary>
    /// <param name="successes">0 to <paramref name="trials"/>.</param>
    /// <param name="trials">0 or more.</param>
    /// <param name="z">The normal quantile.</param>
    public static double Upper(double successes, double trials, double z = Z95) => Bound(successes, trials, z, 1);

    /// <summary>The interval's centre; 0.5 without trials.</summary>
    /// <param name="successes">0 to <paramref name="trials"/>.</param>
    /// <param name="trials">0 or more.</param>
    /// <param name="z">The normal quantile.</param>
    public static double Centre(double successes, double trials, double z = Z95) => Bound(successes, trials, z, 0);

    private static double Bound(double successes, double trials, double z, int sign)
    {
        if (!(trials >= 0) || !(successes >= 0) || successes > trials)
            throw new ArgumentOutOfRangeException(nameof(successes), $"A rate needs 0 ≤ successes ≤ trials; got {successes} of {trials}.");
        double z2 = z * z;
        if (trials == 0) return sign switch { < 0 => 0, 0 => 0.5, _ => 1 };
        double rate = successes / trials;
        double half = z * Math.Sqrt((rate * (1 - rate) / trials) + (z2 / (4 * trials * trials)));
        return Math.Clamp((rate + (z2 / (2 * trials)) + (sign * half)) / (1 + (z2 / trials)), 0, 1);
    }
}
