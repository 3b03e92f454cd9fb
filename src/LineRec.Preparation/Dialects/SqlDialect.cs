namespace LineRec.Preparation;

/// <summary>
/// How an engine writes what the queries can't say alike everywhere: types, reading Parquet, milliseconds of a time, ordering by bytes, a hash of text, whole quotients.
/// Everything else of the queries is the same text for all.
/// </summary>
/// <remarks>Immutable and thread-safe.</remarks>
public abstract class SqlDialect
{
    private protected SqlDialect()
    {
    }

    /// <summary>DuckDB, the default engine; run by <see cref="DuckDbEngine"/>.</summary>
    public static SqlDialect DuckDb { get; } = new DuckDbDialect();

    /// <summary>PostgreSQL 14 and later; run by <see cref="PostgreSqlEngine"/>.</summary>
    public static SqlDialect PostgreSql { get; } = new PostgreSqlDialect();

    /// <summary>Spark SQL 3.3 and later: parsed by its grammar in the tests, not run.</summary>
    public static SqlDialect Spark { get; } = new SparkDialect();

    /// <summary>Trino: parsed by its grammar in the tests, not run.</summary>
    public static SqlDialect Trino { get; } = new TrinoDialect();

    /// <summary>ClickHouse: parsed by a grammar of its dialect in the tests, not run.</summary>
    public static SqlDialect ClickHouse { get; } = new ClickHouseDialect();

    /// <summary>All dialects.</summary>
    public static IReadOnlyList<SqlDialect> All { get; } = [DuckDb, PostgreSql, Spark, Trino, ClickHouse];

    /// <summary>The engine's name.</summary>
    public abstract string Name { get; }

    private protected abstract string Text { get; }

    private protected virtual string WholeNumber => "BIGINT";

    private protected virtual string Number => "DOUBLE";

    /// <summary>24 digits behind the point: a weight of 2^-40 keeps its first 12 digits. 14 before it.</summary>
    private protected virtual string Decimal => "DECIMAL(38, 24)";

    /// <summary>What a statement ends with, on a line of its own; empty for nothing.</summary>
    internal virtual string Ending => "";

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>A time as milliseconds since 1970-01-01 UTC.</summary>
    internal abstract string Milliseconds(string time);

    /// <summary>A table or files, for after FROM.</summary>
    /// <exception cref="ArgumentException">This engine can't read that.</exception>
    internal virtual string Relation(SqlSource source) => source.TableName is { } name
        ? string.Join('.', name.Split('.').Select(Quote))
        : throw new ArgumentException($"{Name} reads no Parquet files by their path. Make a table of '{source.Paths[0]}' there, and name it with SqlSource.Table.", nameof(source));

    /// <summary>A column's or table's name.</summary>
    internal virtual string Quote(string identifier) => $"\"{identifier.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>What {{name argument}} stands for in a query's text.</summary>
    internal string Fragment(string name, string argument) => name switch
    {
        "text" => Text,
        "bigint" => WholeNumber,
        "double" => Number,
        "decimal" => Decimal,
        "binary" => ByBytes(argument),
        "hash60" => Hash60(argument),
        "quotient" => Quotient(argument[..argument.LastIndexOf(',')], argument[(argument.LastIndexOf(',') + 1)..].Trim()),
        _ => throw new InvalidOperationException($"No fragment or parameter is called '{name}'."),
    };

    /// <summary>A text to order by, so that its UTF-8 bytes decide and no country's alphabet.</summary>
    private protected virtual string ByBytes(string text) => text;

    /// <summary>The first 60 bits of a text's md5 as a whole number, 0 to 2^60 - 1.</summary>
    private protected abstract string Hash60(string text);

    /// <summary>A whole number of 0 or more divided by another, without the rest.</summary>
    private protected virtual string Quotient(string dividend, string divisor) => $"({dividend} / {divisor})";
}
