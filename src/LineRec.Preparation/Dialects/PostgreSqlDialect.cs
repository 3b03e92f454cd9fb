namespace LineRec.Preparation;

internal sealed class PostgreSqlDialect : SqlDialect
{
    public override string Name => "PostgreSQL";

    private protected override string Text => "text";

    private protected override string Number => "double precision";

    // From version 14 on, the parts of a time are exact decimals.
    internal override string Milliseconds(string time) => $"CAST(floor(EXTRACT(EPOCH FROM {time}) * 1000) AS bigint)";

    private protected override string ByBytes(string text) => $"{text} COLLATE \"C\"";

    private protected override string Hash60(string text) => $"CAST(CAST('x' || substr(md5({text}), 1, 15) AS bit(60)) AS bigint)";
}
