using LineRec.Data;

namespace LineRec.Simulation;

/// <summary>
/// Simulates a shop and writes its log through LineRec.Data: users with latent tastes, sessions, campaigns, items that arrive, run out and are retired,
/// position-biased lists on 24 placements, clicks, carts, purchases.
/// </summary>
/// <remarks>
/// Day by day: memory is users + items + purchases + one day of events, whatever the log's length. Equal options give equal bytes,
/// on any number of threads.
/// </remarks>
public static class ShopSimulator
{
    private const int UsersAtOnce = 512;

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
        options.Validate();
        var world = ShopWorldBuilder.Build(options);
        var users = ShopUserBuilder.Build(options, world);
        Directory.CreateDirectory(directory);
        File.Delete(Path.Combine(directory, ShopLogLayout.EventsFile));
        ItemTable.Write(Path.Combine(directory, ShopLogLayout.ItemsFile), ShopCatalogBuilder.Build(world));
        ShopUserBuilder.Table(options, users).Write(Path.Combine(directory, ShopLogLayout.UsersFile));
        CampaignTable.Write(Path.Combine(directory, ShopLogLayout.CampaignsFile), [.. world.Campaigns.Select(c => c.Published)]);
        using var events = new ShopEventFiles(Path.Combine(directory, ShopLogLayout.EventsFolder), options.PartitionByDate);
        var board = new ShopBoard(world);
        for (int day = 0; day < options.Days; day++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            board.BeginDay(world.Start + (day * ShopWorld.Day));
            events.BeginDay(DateTimeOffset.FromUnixTimeMilliseconds(world.Start + (day * ShopWorld.Day)));
            var logs = SimulateDay(day, world, users, board, options.Threads);
            foreach (var log in logs) log.CountInto(board);
            board.EndDay();
            foreach (var row in logs.SelectMany(l => l.Events).OrderBy(e => e.UnixMilliseconds)) events.Write(row); // a stable sort
            progress?.Report(day + 1);
        }

        events.CompleteTable();
        return new ShopTruth(world, users);
    }

    private static ShopDayLog[] SimulateDay(int day, ShopWorld world, ShopUser[] users, ShopBoard board, int threads)
    {
        // A user's day depends on the user's own past and on the counts of the days before, so users can be simulated at once.
        var logs = new ShopDayLog[(users.Length + UsersAtOnce - 1) / UsersAtOnce];
        Parallel.For(0, logs.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, () => new ShopSessions(world, users, board), (part, _, sessions) =>
        {
            logs[part] = new ShopDayLog();
            for (int user = part * UsersAtOnce; user < Math.Min(users.Length, (part + 1) * UsersAtOnce); user++) sessions.Simulate(user, day, logs[part]);
            return sessions;
        }, _ => { });
        return logs;
    }
}
