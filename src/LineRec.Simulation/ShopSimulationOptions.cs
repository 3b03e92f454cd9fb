namespace LineRec.Simulation;

/// <summary>How large a shop is simulated, and from which seed.</summary>
public sealed class ShopSimulationOptions
{
    /// <summary>Everything that is random comes from it: equal options give equal bytes. Default <see cref="ShopSimulationDefaults.Seed"/>.</summary>
    public ulong Seed { get; set; } = ShopSimulationDefaults.Seed;

    /// <summary>How many users there are, 1 to 100 million; some of them join on the way. Default 3,600.</summary>
    public int Users { get; set; } = ShopSimulationDefaults.Users;

    /// <summary>How many items there are in the end, 100 to 50 million; about a quarter arrives on the way, some are retired. Default 6,000.</summary>
    public int Items { get; set; } = ShopSimulationDefaults.Items;

    /// <summary>How many days are simulated, 1 to 3,650. Default 60.</summary>
    public int Days { get; set; } = ShopSimulationDefaults.Days;

    /// <summary>About how many events are written, impressions included, 1 or more; it sets how often users come. Default 1.5 million.</summary>
    public long EventTarget { get; set; } = ShopSimulationDefaults.EventTarget;

    /// <summary>The first day's midnight, UTC. Default 2026-01-01.</summary>
    public DateTimeOffset StartsAt { get; set; } = ShopSimulationDefaults.StartsAt;

    /// <summary>How many threads simulate, 1 or more; the outcome doesn't depend on it. Default: the machine's processors.</summary>
    public int Threads { get; set; } = Environment.ProcessorCount;

    /// <summary>
    /// Whether each day's events are a partition of their own, events/date=2026-01-31/*.parquet, as Hive, Spark and DuckDB name them; otherwise
    /// they are events/*.parquet. Default false.
    /// </summary>
    public bool PartitionByDate { get; set; }

    /// <summary>Checks all ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A property is out of its range; the message names it.</exception>
    public void Validate()
    {
        Check(nameof(Users), Users, 1, 100_000_000);
        Check(nameof(Items), Items, 100, 50_000_000);
        Check(nameof(Days), Days, 1, 3_650);
        Check(nameof(EventTarget), EventTarget, 1, long.MaxValue);
        Check(nameof(Threads), Threads, 1, 4_096);
    }

    private static void Check(string name, long value, long low, long high)
    {
        if (value < low || value > high) throw new ArgumentOutOfRangeException(name, value, $"{name} must be {low} to {high}.");
    }
}
