namespace LineRec.Features;

/// <summary>
/// Robust scaling: (x - median) / (third quartile - first quartile), which few outliers can't move. Where the quartiles are equal it only takes
/// the median off. P. J. Huber, E. M. Ronchetti, "Robust Statistics" (2nd ed. 2009); quantiles as <see cref="QuantileTransform"/> says.
/// </summary>
public sealed record RobustTransform : NumberTransform
{
    internal override string Suffix => "robust";

    internal override double[] Learn(string column, double[] ascending) =>
        [Quantiles.At(ascending, 0.5), Quantiles.At(ascending, 0.75) - Quantiles.At(ascending, 0.25)];

    internal override float Apply(IReadOnlyList<double> parameters, double x, int part) => (float)((x - parameters[0]) / (parameters[1] > 0 ? parameters[1] : 1));
}
