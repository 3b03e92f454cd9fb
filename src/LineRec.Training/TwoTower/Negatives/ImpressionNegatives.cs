namespace LineRec.Training;

/// <summary>Adds what users were shown and didn't choose to batches. See <see cref="ImpressionNegativeOptions"/>.</summary>
/// <param name="passedOver">Finds it.</param>
/// <param name="random">Draws.</param>
/// <remarks>Not thread-safe.</remarks>
internal sealed class ImpressionNegatives(PassedOverItems passedOver, Random random)
{
    /// <summary>Draws them for a batch that was just filled.</summary>
    public void Add(TwoTowerBatch batch)
    {
        batch.Own!.Clear();
        for (int example = 0; example < batch.Count; example++) batch.Own.Add(batch, passedOver.At(batch.Users[example], batch.Times[example]), random);
    }
}
