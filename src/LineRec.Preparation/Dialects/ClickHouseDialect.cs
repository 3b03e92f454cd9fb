namespace LineRec.Preparation;

/// <remarks>Types are nullable by name: without it a cast of null fails.</remarks>
internal sealed class ClickHouseDialect : SqlDialect
{
    public override string Name => "ClickHouse";

    private protected override string Text => "Nullable(String)";

    private protected override string WholeNumber => "Nullable(Int64)";

    private protected override string Number => "Nullable(Float64)";

    private protected override string Decimal => "Nullable(Decimal(38, 24))";

    /// <summary>Else a left join gives zeros and empty texts for rows that have no partner.</summary>
    internal override string Ending => "SETTINGS join_use_nulls = 1";

    internal override string Milliseconds(string time) => $"toUnixTimestamp64Milli(toDateTime64({time}, 3, 'UTC'))";

    internal override string Relation(SqlSource source) => source switch
    {
        { TableName: not null } => base.Relation(source),
        { Paths: [var path] } => $"file('{(path.EndsWith(".parquet", StringComparison.Ordinal) ? path : path.TrimEnd('/') + "/**/*.parquet").Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}', 'Parquet')",
        _ => throw new ArgumentException($"ClickHouse's file function takes one path, and {source.Paths.Count} are named. Name the folder above them, or a table.", nameof(source)),
    };

    private protected override string Hash60(string text) => $"reinterpretAsInt64(reverse(unhex(concat('0', substring(hex(MD5({text})), 1, 15)))))";

    private protected override string Quotient(string dividend, string divisor) => $"intDiv({dividend}, {divisor})";
}
