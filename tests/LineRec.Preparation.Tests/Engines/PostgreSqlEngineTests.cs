using LineRec.Preparation.Tests.Reference;
using Npgsql;
using NpgsqlTypes;

namespace LineRec.Preparation.Tests.Engines;

/// <summary>The same texts on a real PostgreSQL. Skipped where it isn't installed.</summary>
public class PostgreSqlEngineTests(PostgreSqlServer server) : EngineSuite, IClassFixture<PostgreSqlServer>
{
    protected override int Tries => 20;

    [Fact]
    public void The_files_are_those_of_DuckDB()
    {
        using var engine = Start();
        var made = TestLog.Random(5);
        var (log, events) = (Load(made), Path.Combine(Folder, "events.parquet"));
        Tables.WriteEvents(events, [.. made.Events]);
        string mine = Path.Combine(Folder, "mine.parquet"), duck = Path.Combine(Folder, "duck.parquet");

        engine.WriteParquet(PreparationQueries.Counters(log.Events, LogEntity.User), mine);
        using (var other = new DuckDbEngine()) other.WriteParquet(PreparationQueries.Counters(EventLog.Parquet(events), LogEntity.User), duck);

        Assert.NotEmpty(Tables.Read(mine));
        Assert.Equal(Tables.Read(duck), Tables.Read(mine));
    }

    [Fact]
    public void Files_can_not_be_read_and_the_message_says_what_to_do()
    {
        using var engine = Start();

        string message = Assert.Throws<ArgumentException>(() => engine.Read(PreparationQueries.Sessions(EventLog.Parquet("log/events")))).Message;

        Assert.Contains("SqlSource.Table", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_is_not_there_is_named()
    {
        string message = Assert.Throws<PreparationException>(() => new PostgreSqlEngine($"Host={Folder};Username=shop;Database=shop")).Message;

        Assert.Contains(Folder, message, StringComparison.Ordinal);
    }

    protected override IPreparationEngine Start()
    {
        Assert.SkipWhen(server.WhyNot is not null, server.WhyNot ?? "");
        return new PostgreSqlEngine(server.ConnectionString);
    }

    private protected override LoadedLog Load(TestLog log)
    {
        server.Execute(
            """
            DROP SCHEMA IF EXISTS shop CASCADE;
            CREATE SCHEMA shop;
            CREATE TABLE shop.events (user_id text, item_id text, event_type text, placement text, "timestamp" timestamptz);
            CREATE TABLE shop.changes (entity_id text, time_ms bigint, level double precision, count bigint);
            CREATE TABLE shop.pool (item_id text);
            """);
        Copy("events (user_id, item_id, event_type, placement, \"timestamp\")", log.Events, (writer, e) =>
        {
            Write(writer, e.User);
            Write(writer, e.Item);
            Write(writer, e.Type);
            Write(writer, e.Placement);
            Write<DateTime>(writer, e.Time is { } time ? DateTimeOffset.FromUnixTimeMilliseconds(time).UtcDateTime : null, NpgsqlDbType.TimestampTz);
        });
        Copy("changes (entity_id, time_ms, level, count)", log.Changes, (writer, c) =>
        {
            Write(writer, c.Entity);
            Write(writer, c.Time, NpgsqlDbType.Bigint);
            Write(writer, c.Level, NpgsqlDbType.Double);
            Write(writer, c.Count, NpgsqlDbType.Bigint);
        });
        Copy("pool (item_id)", log.Pool, Write);
        return new LoadedLog(new EventLog(SqlSource.Table("shop.events")), new FeatureHistory(SqlSource.Table("shop.changes"), ["level", "count"]), new ItemPool(SqlSource.Table("shop.pool")));
    }

    private void Copy<T>(string table, IReadOnlyList<T> rows, Action<NpgsqlBinaryImporter, T> write)
    {
        using var connection = new NpgsqlConnection(server.ConnectionString);
        connection.Open();
        using var writer = connection.BeginBinaryImport($"COPY shop.{table} FROM STDIN (FORMAT BINARY)");
        foreach (var row in rows)
        {
            writer.StartRow();
            write(writer, row);
        }

        writer.Complete();
    }

    private static void Write(NpgsqlBinaryImporter writer, string? text)
    {
        if (text is null) writer.WriteNull();
        else writer.Write(text, NpgsqlDbType.Text);
    }

    private static void Write<T>(NpgsqlBinaryImporter writer, T? value, NpgsqlDbType type)
        where T : struct
    {
        if (value is { } known) writer.Write(known, type);
        else writer.WriteNull();
    }
}
