namespace LineRec.Features;

/// <summary>
/// The standard normal quantile function, relative error under 10⁻¹⁵: M. J. Wichura, "Algorithm AS 241: the percentage points of the normal
/// distribution", Applied Statistics 37 (1988), its two inner regions.
/// </summary>
internal static class NormalQuantile
{
    private static ReadOnlySpan<double> A => [3.3871328727963666080, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125, 45921.953931549871457, 67265.770927008700853, 33430.575583588128105, 2509.0809287301226727];

    private static ReadOnlySpan<double> B => [1, 42.313330701600911252, 687.18700749205790830, 5394.1960214247511077, 21213.794301586595867, 39307.895800092710610, 28729.085735721942674, 5226.4952788528545610];

    private static ReadOnlySpan<double> C => [1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550, 3.64784832476320460504, 1.27045825245236838258, 0.241780725177450611770, 0.0227238449892691845833, 0.000774545014278341407640];

    private static ReadOnlySpan<double> D => [1, 2.05319162663775882187, 1.67638483018380384940, 0.689767334985100004550, 0.148103976427480074590, 0.0151986665636164571966, 0.000547593808499534494600, 1.05075007164441684324e-9];

    /// <summary>The z with P(Z ≤ z) = p.</summary>
    /// <param name="p">10⁻¹⁰ to 1 - 10⁻¹⁰.</param>
    internal static double At(double p)
    {
        double q = p - 0.5;
        if (Math.Abs(q) <= 0.425)
        {
            double r = 0.180625 - (q * q);
            return q * Polynomial(A, r) / Polynomial(B, r);
        }

        double tail = Math.Sqrt(-Math.Log(q < 0 ? p : 1 - p)) - 1.6;
        return Math.Sign(q) * Polynomial(C, tail) / Polynomial(D, tail);
    }

    private static double Polynomial(ReadOnlySpan<double> coefficients, double x)
    {
        double sum = 0;
        for (int i = coefficients.Length - 1; i >= 0; i--) sum = (sum * x) + coefficients[i];
        return sum;
    }
}
