namespace LineRec.Simulation;

/// <summary>
/// Simulates a shop and writes its log through LineRec.Data: users with latent tastes, sessions, campaigns, items that arrive, run out and are retired,
/// position-biased lists on 24 placements, clicks, carts, purchases. <see cref="ShopRun"/> goes day by day.
/// </summary>
/// <remarks>
/// Day by day: memory is users + items + purchases + one day of events, whatever the log's length. Equal options give equal bytes,
/// on any number of threads.
/// </remarks>
public static class ShopSimulator
{
    /// <summary>Simulates and writes events/*.parquet (or events/date=…/*.parquet), items.parquet, users.parquet and campaigns.parquet.</summary>
    /// <param name="directory">The log folder; made where it isn't there. Files of these names are replaced.</param>
    /// <param name="options">How large, and the seed.</param>
    /// <param name="progress">Told the days done.</param>
    /// <param name="cancellationToken">Stops between days; the events are incomplete then.</param>
    /// <returns>The known truth, for tests and for the oracle of an evaluation.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static ShopTruth Run(string directory, ShopSimulationOptions options, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        using var shop = new ShopRun(directory, options);
        while (shop.DaysDone < options.Days)
        {
            cancellationToken.ThrowIfCancellationRequested();
            shop.Simulate();
            progress?.Report(shop.DaysDone);
        }

        return shop.Complete();
    }
}
