namespace LineRec.Data;

/// <summary>
/// The optional campaigns table: campaign_id, kind, starts_at, ends_at, and optional weight, column and values. Values are separated by '|';
/// a campaign without a column applies to every item.
/// </summary>
public static class CampaignTable
{
    private const string Id = "campaign_id", Kind = "kind", StartsAt = "starts_at", EndsAt = "ends_at", Weight = "weight", Column = "column", Values = "values";

    /// <summary>Reads a campaigns table, in the file's order. A null weight is 1.</summary>
    /// <param name="path">The .parquet file.</param>
    /// <exception cref="InvalidDataException">It isn't a whole Parquet file, lacks a required column or value, or holds one of a wrong type; an end isn't after its start; a weight isn't over 0.</exception>
    public static IReadOnlyList<Campaign> Read(string path)
    {
        using var table = ParquetTable.Open(path);
        var (idField, kindField) = (table.Require(Id, "text or integers"), table.Require(Kind, "text"));
        var (startField, endField) = (table.Require(StartsAt, "a timestamp in UTC"), table.Require(EndsAt, "a timestamp in UTC"));
        var campaigns = new List<Campaign>();
        var pool = new TextPool();
        for (int group = 0; group < table.RowGroupCount; group++)
        {
            string?[] ids = table.ReadText(group, idField, pool), kinds = table.ReadText(group, kindField, pool);
            long[] starts = table.ReadTimes(group, startField), ends = table.ReadTimes(group, endField);
            float[]? weights = table.Find(Weight) is { } weight ? table.ReadNumbers(group, weight) : null;
            string?[]? columns = table.Find(Column) is { } column ? table.ReadText(group, column, pool) : null;
            string?[]? values = table.Find(Values) is { } value ? table.ReadText(group, value, pool) : null;
            for (int row = 0; row < ids.Length; row++)
            {
                string id = ids[row] ?? throw table.Wrong(group, Id, $"row {row} has no id.");
                if (kinds[row] is not { } kind) throw table.Wrong(group, Kind, $"campaign '{id}' has no kind.");
                if (starts[row] == TimeColumn.Missing || ends[row] <= starts[row]) throw table.Wrong(group, EndsAt, $"campaign '{id}' needs a start and an end after it.");
                float factor = weights is null || float.IsNaN(weights[row]) ? 1 : weights[row];
                if (!(factor > 0 && float.IsFinite(factor))) throw table.Wrong(group, Weight, $"campaign '{id}' has the weight {factor}; it must be over 0 and finite.");
                campaigns.Add(new Campaign(id, kind, At(starts[row]), At(ends[row]), factor, columns?[row], values?[row]?.Split('|') ?? []));
            }
        }

        return campaigns;
    }

    /// <summary>Writes a campaigns table.</summary>
    /// <param name="path">The .parquet file; its folder is made.</param>
    /// <param name="campaigns">The campaigns; no value may hold '|'.</param>
    /// <exception cref="ArgumentException">A value holds '|'.</exception>
    public static void Write(string path, IReadOnlyList<Campaign> campaigns)
    {
        if (campaigns.FirstOrDefault(c => c.Values.Any(v => v.Contains('|', StringComparison.Ordinal))) is { } wrong)
            throw new ArgumentException($"A value of campaign '{wrong.Id}' holds '|', which separates values.", nameof(campaigns));
        using var file = new ParquetTableWriter(
            path,
            ParquetTableWriter.Text(Id, nullable: false),
            ParquetTableWriter.Text(Kind, nullable: false),
            ParquetTableWriter.Time(StartsAt, nullable: false),
            ParquetTableWriter.Time(EndsAt, nullable: false),
            ParquetTableWriter.Number(Weight),
            ParquetTableWriter.Text(Column),
            ParquetTableWriter.Text(Values));
        if (campaigns.Count > 0)
        {
            using var group = file.BeginRowGroup();
            group.Write(Id, campaigns.Select(c => c.Id).ToArray());
            group.Write(Kind, campaigns.Select(c => c.Kind).ToArray());
            group.Write(StartsAt, campaigns.Select(c => c.StartsAt.ToUnixTimeMilliseconds()).ToArray());
            group.Write(EndsAt, campaigns.Select(c => c.EndsAt.ToUnixTimeMilliseconds()).ToArray());
            group.Write(Weight, campaigns.Select(c => c.Weight).ToArray());
            group.Write(Column, campaigns.Select(c => c.Column).ToArray());
            group.Write(Values, campaigns.Select(c => c.Values.Count == 0 ? null : string.Join('|', c.Values)).ToArray());
        }

        file.Complete();
    }

    private static DateTimeOffset At(long unixMilliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(unixMilliseconds);
}
