namespace LineRec.Preparation.Tests.Queries;

/// <summary>The texts themselves.</summary>
public class QueryTextTests
{
    public static TheoryData<string> Texts => [.. typeof(PreparationQuery).Assembly.GetManifestResourceNames().Where(n => n.EndsWith(".sql", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Every_text_says_what_goes_in_and_out_and_is_one_statement(string name)
    {
        using var reader = new StreamReader(typeof(PreparationQuery).Assembly.GetManifestResourceStream(name)!);
        string text = reader.ReadToEnd(), header = string.Join('\n', text.Split('\n').TakeWhile(l => l.StartsWith("--", StringComparison.Ordinal)));

        Assert.Contains("-- in:", header, StringComparison.Ordinal);
        Assert.Contains("-- out:", header, StringComparison.Ordinal);
        Assert.DoesNotContain(';', text[header.Length..].Split('\n').Where(l => !l.TrimStart().StartsWith("--", StringComparison.Ordinal)).SelectMany(l => l));
    }

    [Fact]
    public void Rendered_texts_hold_no_place_that_is_left_to_fill()
    {
        foreach (var query in AllQueries.Of("shop.events"))
        {
            foreach (var dialect in SqlDialect.All) Assert.DoesNotContain("{{", query.ToSql(dialect), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Names_and_texts_are_quoted_so_that_they_end_where_they_end()
    {
        var query = PreparationQueries.Sessions(new EventLog(SqlSource.Table("sh\"op.ev`ents")) { UserId = "user {{text}}" });

        Assert.Contains("\"sh\"\"op\".\"ev`ents\"", query.ToSql(SqlDialect.PostgreSql), StringComparison.Ordinal);
        Assert.Contains("`sh\"op`.`ev``ents`", query.ToSql(SqlDialect.Spark), StringComparison.Ordinal);
        Assert.Contains("\"user {{text}}\"", query.ToSql(SqlDialect.Trino), StringComparison.Ordinal); // what is put in isn't looked through again
    }

    [Fact]
    public void Parquet_is_read_by_path_where_an_engine_can_and_refused_with_advice_where_it_can_not()
    {
        var query = PreparationQueries.Sessions(EventLog.Parquet("s3://shop/events"));

        Assert.Contains("parquet.`s3://shop/events`", query.ToSql(SqlDialect.Spark), StringComparison.Ordinal);
        Assert.Contains("file('s3://shop/events/**/*.parquet', 'Parquet')", query.ToSql(SqlDialect.ClickHouse), StringComparison.Ordinal);
        Assert.Contains("SqlSource.Table", Assert.Throws<ArgumentException>(() => query.ToSql(SqlDialect.Trino)).Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => query.ToSql(SqlDialect.DuckDb));
    }

    [Fact]
    public void Parameters_out_of_range_are_refused()
    {
        var log = new EventLog(SqlSource.Table("events"));
        var pool = new ItemPool(SqlSource.Table("items"));

        Assert.Throws<ArgumentOutOfRangeException>(() => PreparationQueries.Sessions(log, TimeSpan.FromSeconds(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => PreparationQueries.Negatives(log, pool, 1, draws: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => PreparationQueries.Negatives(log, pool, 1, draws: PreparationDefaults.MaxDraws + 1));
        Assert.Throws<ArgumentException>(() => PreparationQueries.Negatives(log, pool, 1, types: []));
        Assert.Throws<ArgumentException>(() => PreparationQueries.AsOf(log, new FeatureHistory(SqlSource.Table("prices"), []), LogEntity.Item));
        Assert.Throws<ArgumentOutOfRangeException>(() => PreparationQueries.PlacementRates(log, z: double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => PreparationQueries.DecayedCounts(log, LogEntity.Item, DateTimeOffset.UnixEpoch.AddYears(50), TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => PreparationQueries.DecayedCounts(log, LogEntity.Item, DateTimeOffset.UnixEpoch.AddYears(50), TimeSpan.FromDays(1), DateTimeOffset.UnixEpoch));
        Assert.Throws<ArgumentException>(() => SqlSource.Table("shop..events"));
        Assert.Throws<ArgumentException>(() => SqlSource.Parquet());
    }
}
