using System.Data.Common;
using DuckDB.NET.Data;

namespace LineRec.Recipes;

/// <summary>Reads files of others by DuckDB: CSV, TSV, JSON lines or Parquet. More than memory is sorted on disk.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class SourceFiles : IDisposable
{
    private readonly DuckDBConnection _connection = new("DataSource=:memory:");

    public SourceFiles(string scratch)
    {
        _connection.Open();
        Execute($"SET TimeZone = 'UTC'; SET temp_directory = {Text(scratch)}; SET preserve_insertion_order = true");
    }

    /// <summary>A name as SQL writes it.</summary>
    public static string Name(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A text as SQL writes it.</summary>
    public static string Text(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>Names the files as a table.</summary>
    /// <param name="table">The table's name.</param>
    /// <param name="path">A file or a pattern.</param>
    /// <param name="asText">Whether the columns of CSV files are left as text; otherwise their types are found.</param>
    /// <returns>The columns' names.</returns>
    /// <exception cref="RecipeException">There is no such file, or it can't be read.</exception>
    public IReadOnlyList<string> Open(string table, string path, bool asText)
    {
        string ending = Path.GetExtension(path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path).ToLowerInvariant();
        string reader = ending switch
        {
            ".csv" or ".tsv" or ".txt" => $"read_csv({Text(path)}, header = true, all_varchar = {(asText ? "true" : "false")}, store_rejects = true, rejects_table = {Text(table + "_rejects")}, rejects_scan = {Text(table + "_scans")}{(ending == ".tsv" ? ", delim = '\t'" : "")})",
            ".json" or ".jsonl" or ".ndjson" => $"read_json({Text(path)}, format = 'newline_delimited')",
            ".parquet" => $"read_parquet({Text(path)})",
            _ => throw new RecipeException(RecipeFault.Input, $"'{path}' ends in '{ending}'; csv, tsv, json, jsonl, ndjson and parquet can be read. Rename the file."),
        };
        try
        {
            Execute($"CREATE TEMPORARY TABLE {Name(table)} AS SELECT * FROM {reader}");
        }
        catch (DuckDBException e)
        {
            throw new RecipeException(RecipeFault.Input, $"'{path}' can't be read: {e.Message}", e);
        }

        using var rows = Query($"SELECT * FROM {Name(table)} LIMIT 0");
        return [.. Enumerable.Range(0, rows.FieldCount).Select(rows.GetName)];
    }

    /// <summary>The lines of a CSV file that aren't rows: too many fields, too few, a quote that doesn't end.</summary>
    public IEnumerable<(string Line, string Problem)> Rejects(string table)
    {
        using var found = Query($"SELECT count(*) FROM duckdb_tables() WHERE table_name = {Text(table + "_rejects")}");
        if (!found.Read() || found.GetInt64(0) == 0) yield break;
        using var rows = Query($"SELECT line, any_value(csv_line), min(error_message) FROM {Name(table + "_rejects")} GROUP BY file_id, line ORDER BY file_id, line");
        while (rows.Read()) yield return (rows.IsDBNull(1) ? "" : rows.GetString(1), $"line {rows.GetValue(0)}: {rows.GetString(2)}");
    }

    /// <summary>Runs a query; the caller disposes the reader.</summary>
    public DbDataReader Query(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.UseStreamingMode = true;
        return command.ExecuteReader();
    }

    public void Dispose() => _connection.Dispose();

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
