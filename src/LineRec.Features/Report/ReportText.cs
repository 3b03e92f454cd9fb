using System.Globalization;
using System.Text;

namespace LineRec.Features;

/// <summary>Writes a report as text.</summary>
internal static class ReportText
{
    internal static string Write(FeatureReport report)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Features {report.Fingerprint}: {report.EventCount} events before {report.AsOf:u}");
        if (report.ComparedWithAsOf is { } earlier) text.Append(CultureInfo.InvariantCulture, $", compared with {earlier:u}");
        text.Append('\n');
        foreach (var block in report.Columns.GroupBy(c => c.Block))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{block.Key} ({block.First().Rows} rows)\n");
            int width = block.Max(c => c.Name.Length);
            foreach (var column in block) text.Append("  ").Append(column.Name.PadRight(width)).Append("  ").AppendJoin("  ", Facts(column).Where(f => f.Length > 0)).Append('\n');
        }

        if (report.Tables.Count > 0) text.Append("\nembedding tables\n");
        foreach (var table in report.Tables)
            text.Append(CultureInfo.InvariantCulture, $"  {table.Name} [{table.Rows}, {table.Columns}]  {table.Parameters} parameters, unshared {table.ParametersUnshared}  used by {string.Join(", ", table.Uses)}\n");
        if (report.Tables.Count > 0) text.Append("  ").Append(TableSum(report.Tables)).Append('\n');
        return text.ToString();
    }

    /// <summary>"All: 3 parameters instead of 6 (50 %)".</summary>
    internal static string TableSum(IReadOnlyList<SharedTable> tables)
    {
        long shared = tables.Sum(t => t.Parameters), unshared = tables.Sum(t => t.ParametersUnshared);
        return string.Create(CultureInfo.InvariantCulture, $"all: {shared} parameters instead of {unshared} ({(unshared == 0 ? 100 : 100.0 * shared / unshared):0.#} %)");
    }

    /// <summary>A number in six digits; empty for null.</summary>
    internal static string Number(double? value) => value?.ToString("G6", CultureInfo.InvariantCulture) ?? "";

    internal static string Percent(double share) => (100 * share).ToString("0.##", CultureInfo.InvariantCulture) + " %";

    /// <summary>"12 of 30 values collide with another one, the largest group has 3".</summary>
    internal static string Of(HashCollisions collisions) =>
        string.Create(CultureInfo.InvariantCulture, $"{collisions.CollidingValues} of {collisions.Values} values collide, at most {collisions.LargestGroup} in one place; {collisions.UsedBuckets} buckets used");

    private static IEnumerable<string> Facts(ReportedColumn column)
    {
        yield return $"known {Percent(column.Coverage)}";
        yield return string.Create(CultureInfo.InvariantCulture, $"distinct {column.Distinct}");
        if (column.Mean is not null)
        {
            yield return $"mean {Number(column.Mean)} ± {Number(column.Deviation)}";
            yield return $"quantiles {string.Join(' ', column.QuantileValues.Select(q => Number(q)))}";
        }

        yield return column.TopValues.Count == 0 ? "" : $"top {string.Join(", ", column.TopValues.Take(3).Select(v => string.Create(CultureInfo.InvariantCulture, $"{v.Value}: {v.Count}")))}";
        yield return column.Collisions is null ? "" : Of(column.Collisions);
        if (column.Drift is not { } drift) yield break;
        yield return $"PSI {Number(drift.Psi)}";
        yield return drift.Ks is null ? "" : $"KS {Number(drift.Ks)} (p {Number(drift.KsPValue)})";
        yield return $"missing before {Percent(drift.MissingShareBefore)}";
    }
}
