namespace LineRec.Preparation;

internal sealed class SparkDialect : SqlDialect
{
    public override string Name => "Spark SQL";

    private protected override string Text => "STRING";

    internal override string Milliseconds(string time) => $"unix_millis({time})";

    internal override string Relation(SqlSource source) => source switch
    {
        { TableName: not null } => base.Relation(source),
        { Paths.Count: 1 } => $"parquet.{Quote(source.Paths[0])}",
        _ => throw new ArgumentException($"Spark SQL reads one folder of Parquet files in a query, and {source.Paths.Count} paths are named. Name the folder above them, or a table.", nameof(source)),
    };

    internal override string Quote(string identifier) => $"`{identifier.Replace("`", "``", StringComparison.Ordinal)}`";

    private protected override string Hash60(string text) => $"CAST(conv(substr(md5({text}), 1, 15), 16, 10) AS BIGINT)";

    private protected override string Quotient(string dividend, string divisor) => $"({dividend} DIV {divisor})";
}
