namespace LineRec.Training.Tests;

/// <summary>The gradients of a step against differences of the loss, computed plainly in double precision.</summary>
public sealed class MatchingTowerGradientTests
{
    private const int Width = 6;
    private const float NegativeWeight = 2.5f;
    private static readonly InteractionMatrix Matrix = InteractionMatrix.FromPairs([0, 0, 0, 1, 1, 2], [1, 4, 7, 4, 5, 2], 3, 10);
    private static readonly int[] Negatives = [4, 0, 9, 5, 3];

    public static TheoryData<MatchingUserPart, MatchingTowerLoss> Cases =>
        new(from part in Enum.GetValues<MatchingUserPart>() from loss in Enum.GetValues<MatchingTowerLoss>() select (part, loss));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Are_the_slopes_of_the_loss(MatchingUserPart part, MatchingTowerLoss loss)
    {
        var options = new MatchingTowerOptions { UserPart = part, Loss = loss, Dimension = Width, BatchUsers = 3, Temperature = 0.3 };
        var random = new Random(8);
        float[] items = Gaussian.Draw(random, 10 * Width, 0.5), ids = Gaussian.Draw(random, 3 * Width, 0.5);
        var table = part == MatchingUserPart.History ? null : new MatchingTowerTable(ids, Width);
        var step = new MatchingTowerStep(options, new MatchingTowerTable(items, Width), table, Negatives.Length, new Workers(2));
        var batch = new MatchingTowerBatch(Matrix);
        batch.Set([0, 1, 2], Negatives);
        Assert.Equal(Loss(options, items, ids), step.Run(batch, NegativeWeight, rate: 0), 1e-5);
        for (int slot = 0; slot < batch.SlotCount; slot++)
            for (int k = 0; k < Width; k++) Assert.Equal(Slope(options, items, ids, items, (batch.Item(slot) * Width) + k), step.ItemGradient(slot)[k], 1e-4);
        for (int user = 0; user < 3 && table is not null; user++)
        {
            float factor = MatchingTowerModel.IdFactor(part, Matrix.ItemsOf(user).Length);
            for (int k = 0; k < Width; k++) Assert.Equal(Slope(options, items, ids, ids, (user * Width) + k), factor * step.UserGradient(user)[k], 1e-4);
        }
    }

    private static double Slope(MatchingTowerOptions options, float[] items, float[] ids, float[] values, int at)
    {
        const float Change = 1e-3f;
        float before = values[at];
        values[at] = before + Change;
        double above = Loss(options, items, ids), up = values[at];
        values[at] = before - Change;
        double below = Loss(options, items, ids), down = values[at];
        values[at] = before;
        return (above - below) / (up - down);
    }

    private static double Loss(MatchingTowerOptions options, float[] items, float[] ids)
    {
        double loss = 0;
        for (int user = 0; user < 3; user++)
        {
            int[] own = Matrix.ItemsOf(user).ToArray();
            var vector = new double[Width];
            for (int k = 0; k < Width; k++)
            {
                if (options.UserPart != MatchingUserPart.History) vector[k] += MatchingTowerModel.IdFactor(options.UserPart, own.Length) * ids[(user * Width) + k];
                if (options.UserPart != MatchingUserPart.Id) vector[k] += own.Sum(i => (double)items[(i * Width) + k]);
            }

            double Score(int item) => Cosine(vector, items.AsSpan(item * Width, Width)) / options.Temperature;
            double z = NegativeWeight * Negatives.Except(own).Sum(i => Math.Exp(Score(i)));
            loss += options.Loss == MatchingTowerLoss.SampledSoftmax
                ? own.Sum(i => -Score(i) + Math.Log(Math.Exp(Score(i)) + z))
                : own.Sum(i => -Score(i) + (options.NegativePower * Math.Log(z)));
        }

        return loss / Matrix.Count;
    }

    private static double Cosine(double[] a, ReadOnlySpan<float> b)
    {
        double dot = 0, aa = 0, bb = 0;
        for (int k = 0; k < a.Length; k++) (dot, aa, bb) = (dot + (a[k] * b[k]), aa + (a[k] * a[k]), bb + ((double)b[k] * b[k]));
        return dot / Math.Sqrt(aa * bb);
    }
}
