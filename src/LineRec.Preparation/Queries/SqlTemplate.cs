using System.Text;

namespace LineRec.Preparation;

/// <summary>Fills a query's text: {{name}} is a parameter, a relation or the dialect's fragment, {{name argument}} a fragment with an argument, which may hold others.</summary>
internal static class SqlTemplate
{
    /// <summary>A query's text as a dialect writes it.</summary>
    /// <param name="query">The text's name, as Queries/{name}.sql.</param>
    /// <param name="dialect">The dialect.</param>
    /// <param name="values">Parameters and relations by name, rendered.</param>
    public static string Render(string query, SqlDialect dialect, Dictionary<string, string> values)
    {
        var rendered = new StringBuilder();
        Expand(Load(query), dialect, values, rendered);
        return rendered.ToString();
    }

    /// <summary>A text as a relation within another: in brackets, indented, without its header.</summary>
    public static string Relation(string query, SqlDialect dialect, Dictionary<string, string> values)
    {
        var lines = Render(query, dialect, values).TrimEnd().Split('\n').SkipWhile(l => l.StartsWith("--", StringComparison.Ordinal));
        return $"(\n        {string.Join("\n        ", lines)}\n    )";
    }

    /// <summary>A column of times as milliseconds.</summary>
    public static string Time(SqlDialect dialect, string column, TimeKind kind) => kind == TimeKind.Timestamp
        ? dialect.Milliseconds(dialect.Quote(column))
        : $"CAST({dialect.Quote(column)} AS {dialect.Fragment("bigint", "")})";

    private static void Expand(ReadOnlySpan<char> text, SqlDialect dialect, Dictionary<string, string> values, StringBuilder to)
    {
        while (text.IndexOf("{{") is var open and >= 0)
        {
            to.Append(text[..open]);
            int close = Close(text, open);
            var inside = text[(open + 2)..close];
            int space = inside.IndexOf(' ');
            string name = (space < 0 ? inside : inside[..space]).ToString();
            var argument = new StringBuilder();
            if (space >= 0) Expand(inside[(space + 1)..], dialect, values, argument);
            to.Append(values.TryGetValue(name, out string? value) ? value : dialect.Fragment(name, argument.ToString()));
            text = text[(close + 2)..];
        }

        to.Append(text);
    }

    private static int Close(ReadOnlySpan<char> text, int open)
    {
        int depth = 0;
        for (int at = open; at < text.Length - 1; at++)
        {
            if (text[at] == '{' && text[at + 1] == '{') (depth, at) = (depth + 1, at + 1);
            else if (text[at] == '}' && text[at + 1] == '}' && --depth == 0) return at;
            else if (text[at] == '}' && text[at + 1] == '}') at++;
        }

        throw new InvalidOperationException($"'{{{{' isn't closed: {text[open..]}");
    }

    private static string Load(string query)
    {
        using var stream = typeof(SqlTemplate).Assembly.GetManifestResourceStream(query + ".sql")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
