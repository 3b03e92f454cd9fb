using LineRec.Data;

namespace LineRec.Simulation;

/// <summary>
/// A simulated shop day by day, so that between two days models can be trained and put in service: what its own lists show on the one day, a recommender may answer on the next.
/// <see cref="ShopSimulator.Run"/> does all days at once.
/// </summary>
/// <remarks>
/// Not thread-safe. Memory is users + items + purchases + one day of events, whatever the log's length. Equal options give equal bytes, on any number of threads; with a recommender, as far as it
/// answers equal requests equally.
/// </remarks>
public sealed class ShopRun : IDisposable
{
    private const int UsersAtOnce = 512;

    private readonly string _directory;
    private readonly ShopSimulationOptions _options;
    private readonly ShopWorld _world;
    private readonly ShopUser[] _users;
    private readonly ShopEventFiles _events;
    private readonly ShopBoard _board;
    private int _day;

    /// <summary>Opens the shop: writes items.parquet, users.parquet and campaigns.parquet.</summary>
    /// <param name="directory">The log folder; made where it isn't there. Files of these names are replaced.</param>
    /// <param name="options">How large, and the seed. With <see cref="ShopSimulationOptions.PartitionByDate"/> a day's events can be read as soon as it is over.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public ShopRun(string directory, ShopSimulationOptions options)
        : this(directory, Validated(options), ShopWorldBuilder.Build(options))
    {
        Directory.CreateDirectory(directory);
        File.Delete(Path.Combine(directory, ShopLogLayout.EventsFile));
        File.Delete(Path.Combine(directory, ShopState.FileName));
        ItemTable.Write(Path.Combine(directory, ShopLogLayout.ItemsFile), ShopCatalogBuilder.Build(_world));
        ShopUserBuilder.Table(options, _users).Write(Path.Combine(directory, ShopLogLayout.UsersFile));
        CampaignTable.Write(Path.Combine(directory, ShopLogLayout.CampaignsFile), [.. _world.Campaigns.Select(c => c.Published)]);
    }

    private ShopRun(string directory, ShopSimulationOptions options, ShopWorld world)
    {
        (_directory, _options, _world) = (directory, options, world);
        _users = ShopUserBuilder.Build(options, world);
        _events = new ShopEventFiles(Path.Combine(directory, ShopLogLayout.EventsFolder), options.PartitionByDate);
        _board = new ShopBoard(world);
    }

    /// <summary>Goes on where a simulation was paused, to the byte as if it hadn't been.</summary>
    /// <param name="directory">The log folder.</param>
    /// <exception cref="FileNotFoundException">No simulation was paused there.</exception>
    /// <exception cref="InvalidDataException">What the pause wrote is damaged.</exception>
    public static ShopRun Resume(string directory)
    {
        ShopRun? run = null;
        var (_, day) = ShopState.Read(directory, (options, reader) =>
        {
            run = new ShopRun(directory, options, ShopWorldBuilder.Build(options));
            foreach (var user in run._users) ShopState.Read(reader, user);
            run._board.Read(reader);
        });
        for (; run!._day < day; run._day++) run._events.Keep(run.NextDay);
        return run;
    }

    /// <summary>How large the shop is, and its seed.</summary>
    public ShopSimulationOptions Options => _options;

    /// <summary>How many days are over.</summary>
    public int DaysDone => _day;

    /// <summary>When the next day begins.</summary>
    public DateTimeOffset NextDay => DateTimeOffset.FromUnixTimeMilliseconds(_world.Start + (_day * ShopWorld.Day));

    /// <summary>Simulates a day.</summary>
    /// <param name="serving">Who answers some of the placements; null: the shop's own lists do.</param>
    /// <exception cref="InvalidOperationException">All days are over.</exception>
    public void Simulate(ShopServing? serving = null)
    {
        if (_day == _options.Days) throw new InvalidOperationException($"All {_options.Days} days are over; ask for more in ShopSimulationOptions.Days.");
        _board.BeginDay(NextDay.ToUnixTimeMilliseconds());
        _events.BeginDay(NextDay);
        var logs = SimulateUsers(serving is null ? null : new ShopSlates(_world, serving));
        foreach (var log in logs) log.CountInto(_board);
        _board.EndDay();
        foreach (var row in logs.SelectMany(l => l.Events).OrderBy(e => e.UnixMilliseconds)) _events.Write(row); // a stable sort
        _events.EndDay();
        _day++;
    }

    /// <summary>Writes down how the shop stands, so that another process can go on with it: <see cref="Resume"/>. Partitions that an earlier log left are removed.</summary>
    /// <exception cref="InvalidOperationException">The events aren't partitioned by date: only whole days can be kept.</exception>
    public void Pause()
    {
        if (!_options.PartitionByDate) throw new InvalidOperationException("Only a log that is partitioned by date can be paused; set ShopSimulationOptions.PartitionByDate.");
        _events.CompleteTable();
        ShopState.Write(_directory, _options, _day, _users, _board);
    }

    /// <summary>Ends the log.</summary>
    /// <returns>The known truth, for tests and for the oracle of an evaluation.</returns>
    public ShopTruth Complete()
    {
        _events.CompleteTable();
        return new ShopTruth(_world, _users);
    }

    /// <inheritdoc/>
    public void Dispose() => _events.Dispose();

    private static ShopSimulationOptions Validated(ShopSimulationOptions options)
    {
        options.Validate();
        return options;
    }

    private ShopDayLog[] SimulateUsers(ShopSlates? slates)
    {
        // A user's day depends on the user's own past and on the counts of the days before, so users can be simulated at once.
        var logs = new ShopDayLog[(_users.Length + UsersAtOnce - 1) / UsersAtOnce];
        Parallel.For(0, logs.Length, new ParallelOptions { MaxDegreeOfParallelism = _options.Threads }, () => new ShopSessions(_world, _users, _board, slates), (part, _, sessions) =>
        {
            logs[part] = new ShopDayLog();
            for (int user = part * UsersAtOnce; user < Math.Min(_users.Length, (part + 1) * UsersAtOnce); user++) sessions.Simulate(user, _day, logs[part]);
            return sessions;
        }, _ => { });
        return logs;
    }
}
