using LineRec.Preparation.Tests.Reference;

namespace LineRec.Preparation.Tests.Engines;

public class DuckDbEngineTests : EngineSuite
{
    private const int Megabyte = 1 << 20;

    [Fact]
    public void Hive_partitions_are_columns_and_notes_of_other_tools_are_skipped()
    {
        var log = TestLog.Random(3);
        string folder = Path.Combine(Folder, "events");
        foreach (var part in log.Events.GroupBy(e => e.Placement ?? "__HIVE_DEFAULT_PARTITION__")) Tables.WriteEvents(Path.Combine(folder, $"page={part.Key}", "part-0.parquet"), [.. part]);
        Directory.CreateDirectory(Path.Combine(folder, "_temporary"));
        File.WriteAllText(Path.Combine(folder, "_temporary", "part.parquet"), "unfinished");
        string path = Path.Combine(Folder, "rates.parquet");

        using var engine = new DuckDbEngine();
        engine.WriteParquet(PreparationQueries.PlacementRates(EventLog.Parquet(folder) with { Placement = "page" }), path);

        Assert.Equal(InProcess.PlacementRates(log, 0, long.MaxValue).Select(r => r[..6]), Tables.Read(path).Select(r => r[..6]));
    }

    [Fact]
    public void The_same_log_gives_the_same_file_on_any_number_of_threads_and_any_memory()
    {
        string log = Path.Combine(Folder, "events.parquet");
        Tables.WriteEvents(log, BigLog.Events(400_000));
        PreparationQuery[] queries =
        [
            PreparationQueries.Sessions(EventLog.Parquet(log)), PreparationQueries.Counters(EventLog.Parquet(log), LogEntity.Item),
            PreparationQueries.DecayedCounts(EventLog.Parquet(log), LogEntity.User, DateTimeOffset.FromUnixTimeMilliseconds(BigLog.End)),
        ];

        foreach (var query in queries)
        {
            byte[] first = Run(query, new DuckDbOptions { Threads = 1 });
            Assert.Equal(first, Run(query, new DuckDbOptions { Threads = 4 }));
            Assert.Equal(first, Run(query, new DuckDbOptions { Threads = 2, MemoryLimitBytes = 96 * Megabyte }));
        }
    }

    [Fact]
    public void Nothing_is_left_of_what_was_spilled()
    {
        string spill = Directory.CreateDirectory(Path.Combine(Folder, "spill")).FullName, log = Path.Combine(Folder, "events.parquet");
        Tables.WriteEvents(log, BigLog.Events(400_000));

        bool spilled = false;
        using (var engine = new DuckDbEngine(new DuckDbOptions { TempDirectory = spill, MemoryLimitBytes = 64 * Megabyte, Threads = 1 }))
        {
            using var reader = engine.Read(PreparationQueries.Sessions(EventLog.Parquet(log)));
            while (reader.Read()) spilled = spilled || Directory.EnumerateFiles(spill, "*", SearchOption.AllDirectories).Any();
        }

        Assert.True(spilled, "The limit of memory was never reached: the test shows nothing.");
        Assert.Empty(Directory.GetFileSystemEntries(spill));
    }

    [Fact]
    public void A_disk_that_is_full_is_said_with_what_to_do()
    {
        string log = Path.Combine(Folder, "events.parquet");
        Tables.WriteEvents(log, BigLog.Events(400_000));
        using var engine = new DuckDbEngine(new DuckDbOptions { SpillLimitBytes = 1, MemoryLimitBytes = 64 * Megabyte, Threads = 1 });

        string message = Assert.Throws<PreparationException>(() => engine.WriteParquet(PreparationQueries.Sessions(EventLog.Parquet(log)), Path.Combine(Folder, "none.parquet"))).Message;

        Assert.Contains("TempDirectory", message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Folder, "none*"));
    }

    [Theory]
    [InlineData(1, 1, null)]
    [InlineData(1L << 30, 0, null)]
    [InlineData(1L << 30, 1, 0L)]
    public void Options_out_of_range_are_refused(long memory, int threads, long? spill) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new DuckDbEngine(new DuckDbOptions { MemoryLimitBytes = memory, Threads = threads, SpillLimitBytes = spill }));

    protected override IPreparationEngine Start() => new DuckDbEngine(new DuckDbOptions { Threads = 2 });

    private protected override LoadedLog Load(TestLog log)
    {
        string events = Path.Combine(Folder, "events.parquet"), changes = Path.Combine(Folder, "changes.parquet"), pool = Path.Combine(Folder, "pool.parquet");
        Tables.WriteEvents(events, [.. log.Events]);
        Tables.WriteChanges(changes, [.. log.Changes]);
        Tables.WritePool(pool, [.. log.Pool]);
        return new LoadedLog(EventLog.Parquet(events), new FeatureHistory(SqlSource.Parquet(changes), ["level", "count"]), new ItemPool(SqlSource.Parquet(pool)));
    }

    private byte[] Run(PreparationQuery query, DuckDbOptions options)
    {
        string path = Path.Combine(Folder, "out.parquet");
        using var engine = new DuckDbEngine(options);
        engine.WriteParquet(query, path);
        return File.ReadAllBytes(path);
    }
}
