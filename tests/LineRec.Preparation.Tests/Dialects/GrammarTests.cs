using LineRec.Preparation.Tests.Queries;

namespace LineRec.Preparation.Tests.Dialects;

/// <summary>Dialects that are parsed and not run: their own grammars take every query. Skipped where node or the grammars aren't installed.</summary>
public class GrammarTests
{
    private static readonly SqlDialect[] Parsed = [SqlDialect.Spark, SqlDialect.Trino, SqlDialect.ClickHouse];

    [Fact]
    public void The_grammars_take_every_query()
    {
        Assert.SkipWhen(Grammars.WhyNot is not null, Grammars.WhyNot ?? "");
        List<(SqlDialect Dialect, string Sql)> statements =
        [
            .. Parsed.SelectMany(d => AllQueries.Of("shop.events").Select(q => (d, q.ToSql(d)))),
            .. new[] { SqlDialect.Spark, SqlDialect.ClickHouse }.Select(d => (d, PreparationQueries.Sessions(EventLog.Parquet("log/events")).ToSql(d))),
            .. Parsed.Select(d => (d, PreparationQueries.Sessions(new EventLog(SqlSource.Table("events")) { TimeKind = TimeKind.Milliseconds, Placement = null }).ToSql(d))),
        ];

        var errors = Grammars.Check(statements);

        Assert.Equal(statements.Count, errors.Count);
        Assert.Empty(errors.Zip(statements).SelectMany(e => e.First.Select(error => $"{e.Second.Dialect}: {error}\n{e.Second.Sql}")));
    }

    /// <summary>A grammar that takes anything would show nothing.</summary>
    [Fact]
    public void The_grammars_refuse_what_is_broken()
    {
        Assert.SkipWhen(Grammars.WhyNot is not null, Grammars.WhyNot ?? "");
        var broken = Parsed.SelectMany(d => AllQueries.Of("shop.events").Select(q => (d, q.ToSql(d).Replace(" AS item_id", " AS AS item_id", StringComparison.Ordinal).Replace("FROM", "FORM", StringComparison.Ordinal))));

        Assert.All(Grammars.Check(broken), Assert.NotEmpty);
    }
}
