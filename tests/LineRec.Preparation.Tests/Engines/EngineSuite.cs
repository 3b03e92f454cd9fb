using CsCheck;
using LineRec.Preparation.Tests.Reference;

namespace LineRec.Preparation.Tests.Engines;

/// <summary>An engine's tables are those of plain C#: whole numbers and texts to the last bit and in the same order, doubles within 10^-12 of their size. On random logs.</summary>
public abstract class EngineSuite : IDisposable
{
    private const double Tolerance = 1e-12;

    private static readonly DateTimeOffset From = DateTimeOffset.FromUnixTimeMilliseconds(TestLog.Start + 5_000), To = DateTimeOffset.FromUnixTimeMilliseconds(TestLog.End - 5_000);

    private readonly string _folder = Directory.CreateTempSubdirectory("linerec-preparation").FullName;

    protected string Folder => _folder;

    /// <summary>How many random logs a query is tried on.</summary>
    protected virtual int Tries => 40;

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void Sessions_are_those_of_plain_code() => Check(
        (log, _) => PreparationQueries.Sessions(log.Events, TimeSpan.FromMilliseconds(TestLog.Gap)), log => InProcess.Sessions(log, TestLog.Gap));

    [Fact]
    public void Negatives_are_those_of_plain_code() => Check(
        (log, seed) => PreparationQueries.Negatives(log.Events, log.Pool, (ulong)seed, draws: 3, from: From, to: To),
        (log, seed) => InProcess.Negatives(log, (ulong)seed, 3, From.ToUnixTimeMilliseconds(), To.ToUnixTimeMilliseconds()));

    [Fact]
    public void Features_as_of_an_event_are_those_of_plain_code_for_users() => Check((log, _) => PreparationQueries.AsOf(log.Events, log.History, LogEntity.User), log => InProcess.AsOf(log, e => e.User));

    [Fact]
    public void Features_as_of_an_event_are_those_of_plain_code_for_items() => Check((log, _) => PreparationQueries.AsOf(log.Events, log.History, LogEntity.Item), log => InProcess.AsOf(log, e => e.Item));

    [Fact]
    public void Rates_of_placements_are_those_of_plain_code() => Check(
        (log, _) => PreparationQueries.PlacementRates(log.Events, From, To), log => InProcess.PlacementRates(log, From.ToUnixTimeMilliseconds(), To.ToUnixTimeMilliseconds()));

    [Fact]
    public void Decayed_counts_are_those_of_plain_code() => Check(
        (log, _) => PreparationQueries.DecayedCounts(log.Events, LogEntity.Item, To, TimeSpan.FromSeconds(1), From),
        log => InProcess.DecayedCounts(log, e => e.Item, To.ToUnixTimeMilliseconds(), 1_000, From.ToUnixTimeMilliseconds()));

    [Fact]
    public void Counters_of_users_are_those_of_plain_code() => Check(
        (log, _) => PreparationQueries.Counters(log.Events, LogEntity.User, From, To),
        log => InProcess.Counters(log, e => e.User, e => e.Item, From.ToUnixTimeMilliseconds(), To.ToUnixTimeMilliseconds()));

    [Fact]
    public void Counters_of_items_are_those_of_plain_code() => Check(
        (log, _) => PreparationQueries.Counters(log.Events, LogEntity.Item), log => InProcess.Counters(log, e => e.Item, e => e.User, 0, long.MaxValue));

    [Fact]
    public void Histories_of_counters_are_those_of_plain_code() => Check((log, _) => PreparationQueries.CounterHistory(log.Events, LogEntity.Item), log => InProcess.CounterHistory(log, e => e.Item));

    [Fact]
    public void Rows_that_are_streamed_are_those_that_are_written()
    {
        using var engine = Start();
        var log = Load(TestLog.Random(3));
        var query = PreparationQueries.Sessions(log.Events);
        string path = Path.Combine(_folder, "sessions.parquet");

        var streamed = new List<object?[]>();
        using (var reader = engine.Read(query))
        {
            while (reader.Read()) streamed.Add([.. Enumerable.Range(0, reader.FieldCount).Select(c => reader.IsDBNull(c) ? null : reader.GetValue(c))]);
        }

        Assert.Equal(streamed.Count, engine.WriteParquet(query, path));
        Assert.NotEmpty(streamed);
        Assert.Equal(streamed, Tables.Read(path));
    }

    [Fact]
    public void A_column_that_is_not_there_is_named_with_what_to_do()
    {
        using var engine = Start();
        var log = Load(TestLog.Random(3));
        var query = PreparationQueries.Sessions(log.Events with { Placement = "module" });

        string message = Assert.Throws<PreparationException>(() => engine.WriteParquet(query, Path.Combine(_folder, "none.parquet"))).Message;

        Assert.Contains("'sessions'", message, StringComparison.Ordinal);
        Assert.Contains("module", message, StringComparison.Ordinal);
        Assert.Contains("Placement = null", message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder, "none*"));
    }

    [Fact]
    public void A_log_without_placements_is_counted_with_none()
    {
        using var engine = Start();
        var made = TestLog.Random(3);
        var log = Load(made);
        string path = Path.Combine(_folder, "sessions.parquet");

        engine.WriteParquet(PreparationQueries.Sessions(log.Events with { Placement = null }), path);

        var without = made with { Events = [.. made.Events.Select(e => e with { Placement = null })] };
        Assert.Equal(InProcess.Sessions(without, (long)PreparationDefaults.SessionGap.TotalMilliseconds), Tables.Read(path));
    }

    [Fact]
    public void A_query_that_is_cancelled_writes_nothing()
    {
        using var engine = Start();
        var log = Load(TestLog.Random(3));

        Assert.Throws<OperationCanceledException>(() => engine.WriteParquet(PreparationQueries.Sessions(log.Events), Path.Combine(_folder, "none.parquet"), new CancellationToken(canceled: true)));
        Assert.Empty(Directory.GetFiles(_folder, "none*"));
    }

    /// <summary>An engine; skips the test where it isn't there.</summary>
    protected abstract IPreparationEngine Start();

    /// <summary>Puts a log where the engine reads it.</summary>
    private protected abstract LoadedLog Load(TestLog log);

    private void Check(Func<LoadedLog, int, PreparationQuery> query, Func<TestLog, IEnumerable<object?[]>> expected) => Check(query, (log, _) => expected(log));

    private void Check(Func<LoadedLog, int, PreparationQuery> query, Func<TestLog, int, IEnumerable<object?[]>> expected)
    {
        using var engine = Start();
        long rows = 0;
        Gen.Int[0, 100_000].Sample(
            seed =>
            {
                var log = TestLog.Random(seed);
                string path = Path.Combine(_folder, "out.parquet");
                List<object?[]> wanted = [.. expected(log, seed)];

                Assert.Equal(wanted.Count, engine.WriteParquet(query(Load(log), seed), path));

                var found = Tables.Read(path);
                Assert.Equal(wanted.Count, found.Count);
                for (int row = 0; row < wanted.Count; row++) Same(wanted[row], found[row]);
                rows += wanted.Count;
            },
            iter: Tries, threads: 1);
        Assert.True(rows > Tries, "The random logs gave hardly a row: nothing was compared.");
    }

    private static void Same(object?[] wanted, object?[] found)
    {
        Assert.Equal(wanted.Length, found.Length);
        for (int column = 0; column < wanted.Length; column++)
        {
            if (wanted[column] is double number && found[column] is double other) Assert.True(Math.Abs(number - other) <= Tolerance * Math.Abs(number), $"Column {column}: {number:R} is wanted, {other:R} was found.");
            else Assert.Equal(wanted[column], found[column]);
        }
    }
}
