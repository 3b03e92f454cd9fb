using System.Globalization;
using LineRec.Data;

namespace LineRec.Recipes;

/// <summary>Brings an items table into the data contract: numbers, times and texts by what the files hold, other types as text.</summary>
/// <param name="source">The files.</param>
/// <param name="options">How columns are called.</param>
/// <param name="quarantine">Takes rows without an id, and the second of two with one id.</param>
internal sealed class ItemConversion(SourceFiles source, ConversionOptions options, Quarantine quarantine)
{
    private const string Table = "items", ItemId = "item_id";

    private static readonly string[] Numbers = [CatalogColumns.Price, CatalogColumns.Margin, CatalogColumns.Stock];

    /// <summary>Reads the items.</summary>
    /// <exception cref="RecipeException">The id's column is missing.</exception>
    public Catalog Read()
    {
        var theirs = source.Open(Table, options.Items!, asText: false);
        var ours = theirs.ToDictionary(t => t, t => options.ItemColumns.FirstOrDefault(m => m.Value == t).Key ?? t);
        if (ours.FirstOrDefault(o => o.Value == ItemId).Key is not { } id)
            throw new RecipeException(RecipeFault.Input, $"'{options.Items}' has no column for item_id; it has {string.Join(", ", theirs)}. Name it: --item-map item_id=COLUMN.");
        foreach (var (line, problem) in source.Rejects(Table)) quarantine.Add("the line isn't a row of the file", new { line, problem });
        string[] columns = [.. theirs.Where(t => t != id)];
        var rows = new SortedDictionary<string, object?[]>(StringComparer.Ordinal);
        Type[] types;
        using (var reader = source.Query($"SELECT CAST({SourceFiles.Name(id)} AS VARCHAR), {string.Join(", ", columns.Select(c => Column(c, ours[c])).Append("0"))} FROM {Table} ORDER BY rowid"))
        {
            types = [.. columns.Select((_, i) => reader.GetFieldType(i + 1))];
            while (reader.Read())
            {
                object?[] values = [.. columns.Select((_, i) => reader.IsDBNull(i + 1) ? null : reader.GetValue(i + 1))];
                string key = reader.IsDBNull(0) ? "" : reader.GetString(0);
                if (key.Length == 0) quarantine.Add("no item_id", values.Select(Text));
                else if (!rows.TryAdd(key, values)) quarantine.Add("an item_id that came before", new { item_id = key });
            }
        }

        return new Catalog([.. rows.Keys], columns.Select((c, i) => Make(ours[c], types[i], [.. rows.Values.Select(r => r[i])])));
    }

    private static string Column(string their, string our) => Numbers.Contains(our) ? $"try_cast({SourceFiles.Name(their)} AS DOUBLE)" : our == CatalogColumns.ListedAt ? $"try_cast(CAST({SourceFiles.Name(their)} AS VARCHAR) AS TIMESTAMP)" : SourceFiles.Name(their);

    private static CatalogColumn Make(string name, Type type, object?[] values)
    {
        if (type == typeof(DateTime) || type == typeof(DateOnly)) return new TimeColumn(name, [.. values.Select(Milliseconds)]);
        if (type.IsPrimitive && type != typeof(bool) || type == typeof(decimal)) return new NumberColumn(name, [.. values.Select(v => v is null ? float.NaN : Convert.ToSingle(v, CultureInfo.InvariantCulture))]);
        var codes = new Dictionary<string, int>(StringComparer.Ordinal);
        int[] coded = [.. values.Select(v => Text(v) is not { } text ? -1 : codes.TryGetValue(text, out int code) ? code : codes[text] = codes.Count)];
        return new TextColumn(name, coded, [.. codes.Keys]);
    }

    private static long Milliseconds(object? value) => value switch
    {
        DateTime time => new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)).ToUnixTimeMilliseconds(),
        DateOnly day => new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeMilliseconds(),
        _ => TimeColumn.Missing,
    };

    private static string? Text(object? value) => value is null ? null : Convert.ToString(value, CultureInfo.InvariantCulture);
}
