namespace LineRec.Training.Tests;

public sealed class MatchingTowerTableTests
{
    [Fact]
    public void Rows_that_every_step_touches_move_as_under_dense_Adam_and_others_stay()
    {
        const int Width = 20;
        var random = new Random(6);
        float[] first = Gaussian.Draw(random, 3 * Width, 1);
        var table = new MatchingTowerTable([.. first], Width);
        float[] dense = first[Width..(2 * Width)], m = new float[Width], v = new float[Width];
        for (int step = 1; step <= 25; step++)
        {
            float[] gradient = Gaussian.Draw(random, Width, 1);
            table.Update(1, gradient, AdamUpdate.CorrectedRate(0.01, step));
            for (int k = 0; k < Width; k++)
            {
                m[k] = (0.9f * m[k]) + (0.1f * gradient[k]);
                v[k] = (0.999f * v[k]) + (0.001f * gradient[k] * gradient[k]);
                dense[k] -= 0.01f * (m[k] / (1 - MathF.Pow(0.9f, step))) / (MathF.Sqrt(v[k] / (1 - MathF.Pow(0.999f, step))) + 1e-8f);
            }
        }

        Assert.Equal(first[..Width], table.Row(0).ToArray());
        Assert.Equal(first[(2 * Width)..], table.Row(2).ToArray());
        for (int k = 0; k < Width; k++) Assert.Equal(dense[k], table.Row(1)[k], 1e-4);
    }
}
