namespace LineRec.Features;

/// <summary>
/// The power λ under which transformed values look most normal: the maximum of the profile log-likelihood -n/2 · log σ²(λ) + (λ - 1) · J over
/// <see cref="Least"/> to <see cref="Most"/>, where σ² is the transformed values' variance and J the sum of the transform's log slopes at λ = 0.
/// Found by a grid and golden-section search to 10⁻⁹. O(n) a step, about 80 steps; of more than <see cref="MostValues"/> values so many evenly spaced order
/// statistics are taken, whose distribution is the same within 1 in 100,000.
/// </summary>
internal static class PowerLikelihood
{
    internal const double Least = -5;
    internal const double Most = 5;
    internal const int MostValues = 100_000;
    private const int GridSteps = 40;

    /// <summary>Maximises over λ a function with one top (several shallow ones are told apart by the grid).</summary>
    internal static double Maximise(Func<double, double> likelihood)
    {
        double step = (Most - Least) / GridSteps;
        double best = 1, top = likelihood(1); // the identity where nothing is better
        for (int i = 0; i <= GridSteps; i++)
        {
            double at = Least + (i * step), value = likelihood(at);
            if (value > top) (best, top) = (at, value);
        }

        double low = Math.Max(Least, best - step), high = Math.Min(Most, best + step);
        double golden = (Math.Sqrt(5) - 1) / 2;
        double left = high - (golden * (high - low)), right = low + (golden * (high - low));
        double atLeft = likelihood(left), atRight = likelihood(right);
        while (high - low > 1e-9)
        {
            if (atLeft >= atRight)
            {
                (high, right, atRight) = (right, left, atLeft);
                left = high - (golden * (high - low));
                atLeft = likelihood(left);
            }
            else
            {
                (low, left, atLeft) = (left, right, atRight);
                right = low + (golden * (high - low));
                atRight = likelihood(right);
            }
        }

        return (low + high) / 2;
    }

    /// <summary>The log of the variance of exp(λ·y)/λ (of y where λ is 0), with neither overflow nor cancellation.</summary>
    /// <param name="logs">y in ascending order.</param>
    /// <param name="lambda">The power.</param>
    /// <remarks>The largest term is taken out as a factor, the rest are exp(t) - 1 with t ≤ 0.</remarks>
    internal static double LogVariance(double[] logs, double lambda)
    {
        double largest = lambda > 0 ? logs[^1] : logs[0];
        double sum = 0, squares = 0;
        foreach (double y in logs) sum += Term(y);
        double mean = sum / logs.Length;
        foreach (double y in logs) squares += (Term(y) - mean) * (Term(y) - mean);
        return (2 * lambda * largest) + Math.Log(squares / logs.Length);

        double Term(double y) => lambda == 0 ? y - largest : ExpMinusOne(lambda * (y - largest)) / lambda;
    }

    /// <summary>exp(x) - 1 without cancellation near 0: W. Kahan's quotient, after N. J. Higham, "Accuracy and Stability of Numerical Algorithms" (2002), 1.14.1.</summary>
    internal static double ExpMinusOne(double x)
    {
        double e = Math.Exp(x);
        if (e == 1) return x;
        double less = e - 1;
        return less == -1 || double.IsInfinity(e) ? less : less * x / Math.Log(e);
    }

    /// <summary>log(1 + x) without loss near 0, by the same quotient.</summary>
    internal static double LogOnePlus(double x)
    {
        double u = 1 + x;
        return u == 1 || double.IsInfinity(u) ? x : Math.Log(u) * x / (u - 1);
    }
}
