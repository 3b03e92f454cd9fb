namespace LineRec.Training.Tests;

/// <summary>What a batch's negatives stand for: each counts one over how often it is expected.</summary>
internal static class NegativeSums
{
    /// <summary>Adds the numbers of each example's unmasked negatives, by their weights, over a number of draws.</summary>
    /// <param name="sums">A sum an example.</param>
    /// <param name="batch">The batch with its own negatives.</param>
    /// <param name="draws">How many batches are added up.</param>
    public static void Add(double[] sums, TwoTowerBatch batch, int draws)
    {
        var (own, masked) = (batch.Own!, batch.Masked.ToHashSet());
        for (int e = 0; e < batch.Count; e++)
        {
            for (int c = 0; c < batch.Columns; c++)
            {
                if (masked.Contains(((long)e * batch.Columns) + c)) continue;
                int place = c - batch.Candidates.Count;
                int item = place < 0 ? batch.Candidates[c] : own.Items[(int)own.Places[(e * own.PerExample) + place]];
                sums[e] += item * Math.Exp(place < 0 ? -batch.LogExpected[c] : -own.LogExpected[e]) / draws;
            }
        }
    }
}
