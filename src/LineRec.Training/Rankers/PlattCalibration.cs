namespace LineRec.Training;

/// <summary>Turns logits into probabilities: sigmoid(slope × logit + intercept) (Platt 1999).</summary>
/// <param name="Slope">Over 0, so that calibration keeps the order.</param>
/// <param name="Intercept">What is added.</param>
internal sealed record PlattCalibration(double Slope, double Intercept)
{
    private const int Iterations = 50;

    /// <summary>What leaves logits as they are.</summary>
    public static PlattCalibration None { get; } = new(1, 0);

    /// <summary>Fits both numbers by Newton's method on the log loss, with a slight pull towards leaving logits as they are. O(n).</summary>
    /// <param name="logits">Held-out logits.</param>
    /// <param name="labels">0 or 1.</param>
    /// <param name="weights">How much each counts; null counts all as 1.</param>
    /// <returns>The calibration, or <see cref="None"/> where the labels are all alike or the order would turn around.</returns>
    public static PlattCalibration Fit(ReadOnlySpan<float> logits, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights)
    {
        const double pull = 1;
        double slope = 1, intercept = 0;
        if (!labels.Contains(0f) || !labels.Contains(1f)) return None;
        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            double gradientS = pull * (slope - 1), gradientI = pull * intercept, ss = pull, si = 0, ii = pull;
            for (int i = 0; i < logits.Length; i++)
            {
                double weight = weights.IsEmpty ? 1 : weights[i];
                double p = 1 / (1 + Math.Exp(-((slope * logits[i]) + intercept))), curve = weight * p * (1 - p), error = weight * (p - labels[i]);
                gradientS += error * logits[i];
                gradientI += error;
                ss += curve * logits[i] * logits[i];
                si += curve * logits[i];
                ii += curve;
            }

            double determinant = (ss * ii) - (si * si);
            double stepS = ((ii * gradientS) - (si * gradientI)) / determinant, stepI = ((ss * gradientI) - (si * gradientS)) / determinant;
            double largest = Math.Max(Math.Abs(stepS), Math.Abs(stepI)), damping = largest > 2 ? 2 / largest : 1; // far from the optimum a full step overshoots
            slope -= damping * stepS;
            intercept -= damping * stepI;
            if (largest < 1e-9) break;
        }

        return slope > 0 && double.IsFinite(slope) && double.IsFinite(intercept) ? new PlattCalibration(slope, intercept) : None;
    }

    /// <summary>The probability of a logit.</summary>
    public float Apply(float logit) => (float)(1 / (1 + Math.Exp(-((Slope * logit) + Intercept))));
}
