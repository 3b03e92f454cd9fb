using System.Globalization;

namespace LineRec.Bench.TwoTower;

/// <summary>A figure over seeds.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Deviation">The sample's standard deviation; 0 for one seed.</param>
internal sealed record AblationFigure(double Mean, double Deviation)
{
    public static AblationFigure Of(IReadOnlyList<double> values)
    {
        double mean = values.Average();
        return new AblationFigure(mean, values.Count < 2 ? 0 : Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1)));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Mean:0.0000} ± {Deviation:0.0000}");
}
