namespace LineRec.Preparation;

internal sealed class DuckDbDialect : SqlDialect
{
    public override string Name => "DuckDB";

    private protected override string Text => "VARCHAR";

    internal override string Milliseconds(string time) => $"epoch_ms({time})";

    internal override string Relation(SqlSource source) => source.TableName is null
        ? $"read_parquet([{string.Join(", ", source.Files().Select(Literal))}], hive_partitioning = true, union_by_name = true)"
        : base.Relation(source);

    /// <summary>A text in quotes.</summary>
    internal static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private protected override string Hash60(string text) => $"CAST('0x' || substr(md5({text}), 1, 15) AS BIGINT)";

    private protected override string Quotient(string dividend, string divisor) => $"({dividend} // {divisor})";
}
