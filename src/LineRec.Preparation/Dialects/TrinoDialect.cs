namespace LineRec.Preparation;

internal sealed class TrinoDialect : SqlDialect
{
    public override string Name => "Trino";

    private protected override string Text => "VARCHAR";

    // The difference of two times is a whole number; to_unixtime would be a double.
    internal override string Milliseconds(string time) => $"date_diff('millisecond', TIMESTAMP '1970-01-01 00:00:00 UTC', {time})";

    private protected override string Hash60(string text) => $"from_base(substr(to_hex(md5(to_utf8({text}))), 1, 15), 16)";
}
