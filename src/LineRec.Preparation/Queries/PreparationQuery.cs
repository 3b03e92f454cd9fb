namespace LineRec.Preparation;

/// <summary>One of the queries with its tables and parameters, ready for any engine. <see cref="PreparationQueries"/> makes them.</summary>
/// <remarks>Immutable and thread-safe. Rows come in an order that no two rows share but equal ones, so the same log gives the same output.</remarks>
public sealed class PreparationQuery
{
    private readonly Func<SqlDialect, Dictionary<string, string>> _values;

    internal PreparationQuery(string name, Func<SqlDialect, Dictionary<string, string>> values) => (Name, _values) = (name, values);

    /// <summary>The query's name, under which its text lies in Queries/.</summary>
    public string Name { get; }

    /// <summary>The whole statement as an engine takes it: to be run by an <see cref="IPreparationEngine"/>, or in a company's own Spark, Trino or ClickHouse.</summary>
    /// <param name="dialect">The engine's dialect.</param>
    /// <exception cref="ArgumentException">The dialect can't read a source: it takes no Parquet files, or only one path.</exception>
    /// <exception cref="FileNotFoundException">A file isn't there; only DuckDB's text names each file.</exception>
    public string ToSql(SqlDialect dialect)
    {
        string sql = SqlTemplate.Render(Name, dialect, _values(dialect));
        return dialect.Ending.Length == 0 ? sql : $"{sql}{dialect.Ending}\n";
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
