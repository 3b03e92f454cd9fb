namespace LineRec.Features;

/// <summary>
/// Min-max normalisation: (x - min) / (max - min), so fitted values are 0 to 1; a later value outside is clipped. A constant column is 0.
/// J. Han, M. Kamber, J. Pei, "Data Mining: Concepts and Techniques" (3rd ed. 2011), 3.5.2.
/// </summary>
public sealed record MinMaxTransform : NumberTransform
{
    internal override string Suffix => "minmax";

    internal override double[] Learn(string column, double[] ascending) => ascending.Length == 0 ? [0, 1] : [ascending[0], ascending[^1]];

    internal override float Apply(IReadOnlyList<double> parameters, double x, int part)
    {
        double range = parameters[1] - parameters[0];
        return range > 0 ? (float)Math.Clamp((x - parameters[0]) / range, 0, 1) : 0f;
    }
}
