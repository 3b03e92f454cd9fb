namespace LineRec.Features;

/// <summary>
/// The Yeo-Johnson power transform, for numbers of either sign: ((x + 1)^λ - 1) / λ for x ≥ 0 (log(x + 1) for λ = 0) and
/// -((1 - x)^(2 - λ) - 1) / (2 - λ) for x &lt; 0 (-log(1 - x) for λ = 2), with λ by maximum likelihood over -5 to 5, then standardised to mean 0
/// and deviation 1. A constant column is 0.
/// I.-K. Yeo, R. A. Johnson, "A new family of power transformations to improve normality or symmetry", Biometrika 87 (2000).
/// </summary>
public sealed record YeoJohnsonTransform : NumberTransform
{
    internal override string Suffix => "yeojohnson";

    internal override bool Centred => true;

    internal override double[] Learn(string column, double[] ascending)
    {
        double lambda = ascending.Length == 0 || ascending[0] == ascending[^1] ? 1 : PowerLikelihood.Maximise(LikelihoodOf(Quantiles.Thin(ascending, PowerLikelihood.MostValues)));
        return PowerScale.Learn(ascending, lambda, Power);
    }

    internal override float Apply(IReadOnlyList<double> parameters, double x, int part) => PowerScale.Apply(parameters, Power(x, parameters[0]));

    /// <summary>The transform of one number.</summary>
    internal static double Power(double x, double lambda) =>
        x >= 0 ? BoxCoxTransform.OfLog(PowerLikelihood.LogOnePlus(x), lambda) : -BoxCoxTransform.OfLog(PowerLikelihood.LogOnePlus(-x), 2 - lambda);

    private static Func<double, double> LikelihoodOf(double[] ascending)
    {
        // Numbers of one sign are Box-Cox of 1 + |x|, whose variance is computed without cancellation; those of both signs can't cancel.
        double[] logs = [.. ascending.Select(x => PowerLikelihood.LogOnePlus(Math.Abs(x)))];
        double slopes = ascending.Zip(logs, (x, y) => Math.Sign(x) * y).Sum();
        bool negative = ascending[^1] < 0, positive = ascending[0] >= 0;
        if (negative) Array.Reverse(logs); // ascending again
        return lambda => ((lambda - 1) * slopes) - (ascending.Length / 2.0 * (
            positive ? PowerLikelihood.LogVariance(logs, lambda) : negative ? PowerLikelihood.LogVariance(logs, 2 - lambda) : Math.Log(Variance(ascending, lambda))));
    }

    private static double Variance(double[] values, double lambda)
    {
        double mean = values.Average(x => Power(x, lambda));
        return values.Average(x => (Power(x, lambda) - mean) * (Power(x, lambda) - mean));
    }
}
