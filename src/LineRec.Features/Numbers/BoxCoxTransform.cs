using System.Globalization;

namespace LineRec.Features;

/// <summary>
/// The Box-Cox power transform (x^λ - 1) / λ, log x for λ = 0, with λ by maximum likelihood over -5 to 5, then standardised to mean 0 and
/// deviation 1. Only for numbers over 0: a fitted one of 0 or less is refused, a later one counts as missing. A constant column is 0.
/// G. E. P. Box, D. R. Cox, "An analysis of transformations", J. Royal Statistical Society B 26 (1964).
/// </summary>
public sealed record BoxCoxTransform : NumberTransform
{
    internal override string Suffix => "boxcox";

    internal override bool Centred => true;

    internal override double[] Learn(string column, double[] ascending)
    {
        if (ascending.Length > 0 && ascending[0] <= 0)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"BoxCoxTransform needs numbers over 0; column '{column}' has {ascending.Count(x => x <= 0)} of {ascending.Length} that aren't, the least is {ascending[0]}. Use YeoJohnsonTransform, or mark those values as missing (NaN)."));
        }

        double[] logs = [.. Quantiles.Thin(ascending, PowerLikelihood.MostValues).Select(x => Math.Log(x))];
        double slopes = logs.Sum();
        double lambda = ascending.Length == 0 || ascending[0] == ascending[^1] ? 1 : PowerLikelihood.Maximise(Likelihood);
        return PowerScale.Learn(ascending, lambda, Power);

        double Likelihood(double l) => ((l - 1) * slopes) - (logs.Length / 2.0 * PowerLikelihood.LogVariance(logs, l));
    }

    internal override float Apply(IReadOnlyList<double> parameters, double x, int part) => x > 0 ? PowerScale.Apply(parameters, Power(x, parameters[0])) : float.NaN;

    /// <summary>The transform of one number over 0.</summary>
    internal static double Power(double x, double lambda) => OfLog(Math.Log(x), lambda);

    /// <summary>The transform of a number whose log is y.</summary>
    internal static double OfLog(double y, double lambda) => lambda == 0 ? y : PowerLikelihood.ExpMinusOne(lambda * y) / lambda;
}
