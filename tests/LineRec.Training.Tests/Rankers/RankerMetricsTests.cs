namespace LineRec.Training.Tests;

public sealed class RankerMetricsTests
{
    [Fact]
    public void Known_scores_give_known_figures()
    {
        var metrics = RankerMetrics.Of([0.9f, 0.8f, 0.7f, 0.2f, 0.4f], [0f, 1f, 1f, 0f, 0f], [0, 3, 5]);
        Assert.Equal(4.0 / 6, metrics.Auc, 9); // of 2 × 3 pairs, those with 0.9 are wrong
        Assert.Equal(0.5, metrics.Mrr, 9); // the second list has no choice
        Assert.Equal(((1 / Math.Log2(3)) + 0.5) / (1 + (1 / Math.Log2(3))), metrics.Ndcg, 9);
        Assert.Equal(-(Math.Log(0.1) + Math.Log(0.8) + Math.Log(0.7) + Math.Log(0.8) + Math.Log(0.6)) / 5, metrics.LogLoss, 6);
    }

    [Fact]
    public void Ties_count_half() => Assert.Equal(0.5, RankerMetrics.Of([0.3f, 0.3f, 0.3f], [1f, 0f, 0f], [0, 3]).Auc, 9);

    [Fact]
    public void Probabilities_that_are_right_on_average_have_no_calibration_error()
    {
        float[] scores = [.. Enumerable.Repeat(0.25f, 400)], labels = [.. Enumerable.Range(0, 400).Select(i => i % 4 == 0 ? 1f : 0f)];
        Assert.Equal(0, RankerMetrics.Of(scores, labels, [0, 400]).Ece, 6);
        Assert.Equal(0.25, RankerMetrics.Of([.. scores.Select(_ => 0.5f)], labels, [0, 400]).Ece, 6);
    }

    [Fact]
    public void Platts_calibration_finds_the_line_that_logits_were_bent_with()
    {
        var random = new Random(4);
        float[] logits = Gaussian.Draw(random, 20_000, 2);
        float[] labels = [.. logits.Select(l => random.NextDouble() < 1 / (1 + Math.Exp(-((0.5 * l) - 1))) ? 1f : 0f)];
        var calibration = PlattCalibration.Fit(logits, labels, default);
        Assert.InRange(calibration.Slope, 0.46, 0.54);
        Assert.InRange(calibration.Intercept, -1.06, -0.94);
        Assert.Equal(PlattCalibration.None, PlattCalibration.Fit(logits, new float[logits.Length], default));
    }
}
