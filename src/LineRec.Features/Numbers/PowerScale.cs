namespace LineRec.Features;

/// <summary>Standardises transformed values in double precision: powers near a constant (x⁻⁵ of large x, say) differ too little for single.</summary>
internal static class PowerScale
{
    /// <summary>λ, and mean and deviation of the transformed values; deviation 1 where they are equal.</summary>
    internal static double[] Learn(double[] values, double lambda, Func<double, double, double> power)
    {
        double sum = 0, squares = 0;
        foreach (double x in values) sum += power(x, lambda);
        double mean = values.Length == 0 ? 0 : sum / values.Length;
        foreach (double x in values) squares += (power(x, lambda) - mean) * (power(x, lambda) - mean);
        double deviation = values.Length == 0 ? 0 : Math.Sqrt(squares / values.Length);
        return [lambda, mean, deviation > 0 && double.IsFinite(deviation) ? deviation : 1];
    }

    internal static float Apply(IReadOnlyList<double> parameters, double transformed)
    {
        double value = (transformed - parameters[1]) / parameters[2];
        return (float)Math.Clamp(value, float.MinValue, float.MaxValue);
    }
}
